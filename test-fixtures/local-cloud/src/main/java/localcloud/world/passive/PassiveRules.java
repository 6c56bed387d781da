package localcloud.world.passive;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import localcloud.world.places.Links;
import localcloud.world.resources.Names;

/** Google's defaults for passive resources, and the form in which it gives them back. */
final class PassiveRules {
  private static final String FINGERPRINT = "fingerprint";
  private static final String LABEL_FINGERPRINT = "label_fingerprint";
  private static final String IP_ADDRESS = "I_p_address";

  /** Google's page "Persistent Disk", the least of a standard one. */
  private static final long SMALLEST_GB = 10;

  /** By type and field, what stands where nothing was said. */
  private static final Map<String, Map<String, Object>> DEFAULTS =
      Map.of(
          "Firewall", Map.of("direction", "INGRESS", "priority", 1000, "disabled", false),
          "Address",
              Map.of("address_type", "EXTERNAL", "network_tier", "PREMIUM", "status", "RESERVED"),
          "Network", Map.of("auto_create_subnetworks", true),
          "Disk",
              Map.of("status", "READY", "size_gb", SMALLEST_GB, "physical_block_size_bytes", 4096L),
          "ForwardingRule", Map.of("I_p_protocol", "TCP", "network_tier", "PREMIUM"));

  private final Links links;
  private final Function<String, Optional<Message>> referred;

  /**
   * Checks and completes.
   *
   * @param referred what a link means; fails if it should be there and is not
   */
  PassiveRules(Links links, Function<String, Optional<Message>> referred) {
    this.links = links;
    this.referred = referred;
  }

  /**
   * With full links, defaults and fingerprints.
   *
   * @param place the link of its zone or region
   */
  Message complete(Message asked, String place) {
    Message.Builder resource = asked.toBuilder();
    link(resource);
    for (String scope : List.of("zone", "region")) {
      if (place.contains("/" + scope + "s/")) {
        set(resource, scope, place);
      }
    }
    String type = asked.getDescriptorForType().getName();
    DEFAULTS.getOrDefault(type, Map.of()).forEach((name, value) -> fill(resource, name, value));
    switch (type) {
      case "Address" -> fill(resource, "address", newAddress(text(asked, "name")));
      case "Disk" -> fill(resource, "type", place + "/diskTypes/pd-standard");
      case "ForwardingRule" -> completeFront(resource);
      case "SslCertificate" -> completeCertificate(resource);
      default -> {}
    }
    sign(resource);
    return resource.build();
  }

  /** Writes references as full links; what they name must be there. */
  private void link(Message.Builder resource) {
    for (FieldDescriptor field : resource.getDescriptorForType().getFields()) {
      if (field.getJavaType() == FieldDescriptor.JavaType.STRING) {
        if (field.isRepeated()) {
          for (int i = 0; i < resource.getRepeatedFieldCount(field); i++) {
            resource.setRepeatedField(field, i, linked(resource.getRepeatedField(field, i)));
          }
        } else if (resource.hasField(field)) {
          resource.setField(field, linked(resource.getField(field)));
        }
      }
    }
  }

  private String linked(Object text) {
    String reference = text.toString();
    Optional<String> link = links.expand(reference);
    return link.flatMap(referred)
        .map(one -> text(one, "self_link"))
        .or(() -> link)
        .orElse(reference);
  }

  /** An address may be given as a resource; the rule then has its number. One port is a range. */
  private void completeFront(Message.Builder rule) {
    String given = text(rule, IP_ADDRESS);
    String number = referred.apply(given).map(address -> text(address, "address")).orElse(given);
    set(rule, IP_ADDRESS, number.isEmpty() ? newAddress(text(rule, "name")) : number);
    String ports = text(rule, "port_range");
    if (ports.matches("[0-9]+")) {
      set(rule, "port_range", ports + "-" + ports);
    }
  }

  /** One of Google's is made once its domain leads here, which it never does. */
  private static void completeCertificate(Message.Builder certificate) {
    FieldDescriptor managed = field(certificate, "managed");
    if (certificate.hasField(managed)) {
      Message.Builder part = ((Message) certificate.getField(managed)).toBuilder();
      fill(part, "status", "PROVISIONING");
      certificate.setField(managed, part.build());
      set(certificate, "type", "MANAGED");
    }
  }

  /** Of the documentation's network 203.0.113.0/24 (RFC 5737), the same for the same name. */
  private static String newAddress(String name) {
    return "203.0.113." + (1 + Math.floorMod(name.hashCode(), 254));
  }

  private static void sign(Message.Builder resource) {
    if (field(resource, "labels") != null && field(resource, LABEL_FINGERPRINT) != null) {
      Object labels = resource.getField(field(resource, "labels"));
      String sorted =
          ((List<?>) labels).stream().map(Object::toString).sorted().collect(Collectors.joining());
      set(resource, LABEL_FINGERPRINT, Names.fingerprint(sorted.getBytes(StandardCharsets.UTF_8)));
    }
    if (field(resource, FINGERPRINT) != null) {
      resource.clearField(field(resource, FINGERPRINT));
      set(resource, FINGERPRINT, Names.fingerprint(resource.build().toByteArray()));
    }
  }

  /** Whether this is the number of the address that the link names. */
  boolean isAddressOf(String number, String link) {
    return link.contains("/addresses/")
        && referred.apply(link).filter(one -> text(one, "address").equals(number)).isPresent();
  }

  /** All texts of a resource, not of its parts. */
  static Stream<String> texts(Message resource) {
    return resource.getAllFields().entrySet().stream()
        .filter(entry -> entry.getKey().getJavaType() == FieldDescriptor.JavaType.STRING)
        .flatMap(
            entry ->
                entry.getKey().isRepeated()
                    ? ((List<?>) entry.getValue()).stream()
                    : Stream.of(entry.getValue()))
        .map(Object::toString);
  }

  /** Empty if there is no such field or it is not set. */
  static String text(MessageOrBuilder resource, String name) {
    FieldDescriptor field = resource.getDescriptorForType().findFieldByName(name);
    return field == null ? "" : resource.getField(field).toString();
  }

  private static void fill(Message.Builder resource, String name, Object value) {
    if (!resource.hasField(field(resource, name))) {
      set(resource, name, value);
    }
  }

  private static void set(Message.Builder resource, String name, Object value) {
    resource.setField(field(resource, name), value);
  }

  private static FieldDescriptor field(MessageOrBuilder resource, String name) {
    return resource.getDescriptorForType().findFieldByName(name);
  }
}
