package slipway.template;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import slipway.settings.TemplatePath;

/**
 * What a template tells of its machines and of the image that they boot.
 *
 * @param path where it is
 * @param guestOsFeatures those of its boot disk, sorted
 * @param architecture that of its boot disk; null if it does not say
 * @param machineType its machine type's name
 * @param nicTypes of its network interfaces that say one
 * @param secureBoot whether its machines boot only what is signed
 * @param confidentialType {@code SEV}, {@code SEV_SNP} or {@code TDX}; null for none
 */
public record TemplateFacts(
    TemplatePath path,
    List<String> guestOsFeatures,
    @Nullable String architecture,
    String machineType,
    Set<String> nicTypes,
    boolean secureBoot,
    @Nullable String confidentialType) {

  static TemplateFacts of(TemplatePath path, JsonObject template) {
    JsonObject properties = TemplateClone.object(template, "properties").orElseGet(JsonObject::new);
    Optional<JsonObject> boot = TemplateClone.bootDisk(properties);
    Set<String> nics = new HashSet<>();
    TemplateClone.elements(properties, "networkInterfaces")
        .forEach(nic -> text(nic, "nicType").ifPresent(nics::add));
    return new TemplateFacts(
        path,
        boot.stream()
            .flatMap(disk -> TemplateClone.elements(disk, "guestOsFeatures"))
            .flatMap(feature -> text(feature, "type").stream())
            .sorted()
            .distinct()
            .toList(),
        boot.flatMap(disk -> TemplateClone.object(disk, "initializeParams"))
            .flatMap(parameters -> text(parameters, "architecture"))
            .orElse(null),
        text(properties, "machineType").orElse("").replaceFirst(".*/", ""),
        Set.copyOf(nics),
        TemplateClone.object(properties, "shieldedInstanceConfig")
            .filter(shielded -> isTrue(shielded.get("enableSecureBoot")))
            .isPresent(),
        TemplateClone.object(properties, "confidentialInstanceConfig")
            .flatMap(TemplateFacts::confidential)
            .orElse(null));
  }

  /** Before there were several types, SEV was the one that the switch meant. */
  private static Optional<String> confidential(JsonObject config) {
    return text(config, "confidentialInstanceType")
        .filter(type -> !type.endsWith("_UNSPECIFIED"))
        .or(
            () ->
                isTrue(config.get("enableConfidentialCompute"))
                    ? Optional.of("SEV")
                    : Optional.empty());
  }

  private static Optional<String> text(JsonObject object, String key) {
    return object.get(key) instanceof JsonPrimitive value
        ? Optional.of(value.getAsString())
        : Optional.empty();
  }

  private static boolean isTrue(@Nullable JsonElement value) {
    return value instanceof JsonPrimitive flag && flag.getAsBoolean();
  }
}
