package slipway.template;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import slipway.fault.Actor;
import slipway.fault.Finding;
import slipway.fault.Misconfigured;
import slipway.fault.OperationFailed;
import slipway.image.Image;
import slipway.image.Labels;
import slipway.settings.GroupPath;
import slipway.settings.TemplatePath;
import slipway.time.CallOver;
import slipway.upload.DeploymentId;

/** Clones a group's template for a new image. */
public final class TemplateStage {
  /** The label that tells for which group a clone was made: half of a SHA-256, in hex. */
  private static final String GROUP = "slipway-group";

  private final Templates templates;
  private final String project;

  /** What this call has read: a template never changes. */
  private final Map<TemplatePath, Templates.Source> read = new HashMap<>();

  /** Makes templates in this project. */
  public TemplateStage(Templates templates, String project) {
    this.templates = templates;
    this.project = project;
  }

  /**
   * Makes the clone, or takes the one that an earlier call for the same deployment made.
   *
   * @param group whose template it is
   * @param source the template to clone, and the labels of the clone
   * @param unknownFields is told the fields that were carried along unknown
   * @throws Misconfigured if the source is gone or boots no disk, Compute refuses the clone, or its
   *     name is taken
   * @throws IOException if Compute failed in a way that may pass
   */
  public Template create(
      GroupPath group, Image image, Source source, Consumer<List<String>> unknownFields)
      throws IOException, CallOver {
    String name =
        nameFor(new DeploymentId(source.labels().getOrDefault(Labels.DEPLOYMENT, "")), group);
    // A clone lives where its source does: a regional group may be kept from global templates.
    TemplatePath path =
        new TemplatePath(
            "projects/" + project + "/" + source.path().home() + "/instanceTemplates/" + name);
    Source marked = source.markedFor(group);
    if (!isInserted(path, clone(name, image, marked, unknownFields))) {
      Optional<Templates.Source> there = templates.find(path);
      JsonObject made =
          there.orElseThrow(() -> new OperationFailed("notFound", path + " is gone")).json();
      requireOurs(path, made, image, marked.labels());
    }
    return new Template(path);
  }

  /**
   * Looks whether a template can be cloned for a disk.
   *
   * @param diskGib the disk's size, in GiB
   * @return what it tells of its machines
   * @throws Misconfigured if it is not there, boots no disk, or makes its boot disk smaller
   */
  public TemplateFacts inspect(TemplatePath path, int diskGib) {
    JsonObject template = find(path).json();
    if (!TemplateClone.hasBootDisk(template)) {
      throw noBootDisk(path);
    }
    TemplateClone.bootDiskGib(template)
        .filter(gib -> gib < diskGib)
        .ifPresent(
            gib -> {
              throw tooSmall(path, gib, diskGib);
            });
    return TemplateFacts.of(path, template);
  }

  /** The name of the template that this deployment makes for a group: {@code <id>-<4 base 36>}. */
  public static String nameFor(DeploymentId id, GroupPath group) {
    return id + "-" + group.hash();
  }

  /**
   * What to clone, and how to mark the clone.
   *
   * @param path the template to clone
   * @param labels as {@link Labels#of} makes them
   */
  public record Source(TemplatePath path, Map<String, String> labels) {
    Source markedFor(GroupPath group) {
      Map<String, String> marked = new TreeMap<>(labels);
      String hash = Hashing.sha256().hashString(group.toString(), UTF_8).toString();
      marked.put(GROUP, hash.substring(0, 32));
      return new Source(path, marked);
    }
  }

  private JsonObject clone(
      String name, Image image, Source source, Consumer<List<String>> unknownFields) {
    Templates.Source original = find(source.path());
    unknownFields.accept(original.unknownFields());
    TemplateClone.BootImage boot =
        new TemplateClone.BootImage(
            image.url(), image.settings().features(), image.settings().architecture());
    return TemplateClone.of(original.json(), name, boot, source.labels())
        .orElseThrow(() -> noBootDisk(source.path()));
  }

  private Templates.Source find(TemplatePath path) {
    return read.computeIfAbsent(
        path, key -> templates.find(key).orElseThrow(() -> unusable(key, "a template")));
  }

  private boolean isInserted(TemplatePath path, JsonObject clone) throws IOException, CallOver {
    try {
      return templates.insert(path, clone);
    } catch (OperationFailed failed) {
      if (failed.actor() == Actor.RETRY) {
        throw failed;
      }
      throw failed.misconfigured(
          new OperationFailed.Step(
              "template-refused", path.toString(), "Compute Engine to make it"),
          "Grant the function what Compute Engine asks for there, or mend the template that it is cloned"
              + " from.",
          "Then upload again.");
    }
  }

  private static void requireOurs(
      TemplatePath path, JsonObject made, Image image, Map<String, String> labels) {
    JsonObject found = TemplateClone.labels(made);
    boolean ours = isLabelled(found, Labels.DEPLOYMENT, labels);
    // One that version 0.1 made has no label of its group.
    boolean ofGroup = !found.has(GROUP) || isLabelled(found, GROUP, labels);
    String boots = TemplateClone.bootImage(made).orElse("nothing");
    if (!ours || !ofGroup || !boots.endsWith("/" + image.name())) {
      throw new Misconfigured(
          "template-name-taken",
          List.of(new Finding(path.toString(), "a template that boots " + image.name(), boots)),
          "Delete that template, which Slipway did not make; then upload again.");
    }
  }

  private static boolean isLabelled(JsonObject found, String key, Map<String, String> wanted) {
    JsonElement value = found.get(key);
    return value != null && value.getAsString().equals(wanted.get(key));
  }

  /** Compute takes such a template, and then fails at each instance of it. */
  private static Misconfigured tooSmall(TemplatePath path, long gib, int diskGib) {
    return new Misconfigured(
        "disk-too-small",
        List.of(
            new Finding(
                "diskSizeGb of the boot disk of " + path,
                "at least " + diskGib + ", as the uploaded disk has",
                Long.toString(gib))),
        "Give the group, or baseTemplate in TARGETS, a template whose boot disk is as large, or"
            + " says no size; upload again.");
  }

  private static Misconfigured noBootDisk(TemplatePath path) {
    return unusable(path, "a boot disk");
  }

  private static Misconfigured unusable(TemplatePath path, String expected) {
    return new Misconfigured(
        "template-unusable",
        List.of(new Finding(path.toString(), expected, "none")),
        "Give the group, or baseTemplate in TARGETS, a template that boots a disk; upload again.");
  }
}
