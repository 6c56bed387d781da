package localcloud.world.instances;

import com.google.cloud.compute.v1.AttachedDisk;
import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.InstanceProperties;
import com.google.cloud.compute.v1.InstancePropertiesPatch;
import com.google.cloud.compute.v1.InstanceTemplate;
import com.google.cloud.compute.v1.Items;
import com.google.cloud.compute.v1.Metadata;
import com.google.cloud.compute.v1.NetworkInterface;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import localcloud.world.operations.Newborn;
import localcloud.world.places.Links;
import localcloud.world.places.Scope;
import localcloud.world.refusals.Refusals;
import localcloud.world.resources.Names;
import localcloud.world.templates.TemplateForm;

/** Makes the instance that a template describes. */
public final class InstanceForm {
  /** Where us-west1's automatic subnet lies. */
  private static final String NETWORK = "10.138.";

  /** RFC 5737's third block for documentation: nobody's addresses. */
  private static final String PUBLIC = "203.0.113.";

  /** What a group tells an instance of its making. */
  private static final Set<String> MADE_BY = Set.of("instance-template", "created-by");

  /** Who makes it, and from what. */
  public record Origin(String groupLink, String templateLink, long number) {}

  private InstanceForm() {}

  /** A new instance of this template, still PROVISIONING; its addresses are nobody's. */
  public static Instance of(Newborn born, Scope zone, InstanceTemplate template, Origin origin) {
    InstanceProperties properties = template.getProperties();
    String name = Links.last(born.selfLink());
    String home = born.selfLink().substring(0, born.selfLink().indexOf("/instances/"));
    Instance.Builder instance =
        carried(properties)
            .setKind("compute#instance")
            .setId(born.id())
            .setName(name)
            .setSelfLink(born.selfLink())
            .setCreationTimestamp(born.creationTimestamp())
            .setZone(home)
            .setStatus("PROVISIONING")
            .setMachineType(home + "/machineTypes/" + properties.getMachineType())
            .setCpuPlatform("Unknown CPU Platform")
            .setMetadata(metadata(properties.getMetadata(), origin))
            .putAllLabels(properties.getLabelsMap())
            .setLabelFingerprint(Names.fingerprint(properties.getLabelsMap()))
            .setFingerprint(Names.fingerprint(template.toByteArray()))
            .setTags(
                properties.getTags().toBuilder()
                    .setFingerprint(Names.fingerprint(properties.getTags().toByteArray())));
    instance.clearDisks().clearNetworkInterfaces();
    for (AttachedDisk disk : properties.getDisksList()) {
      instance.addDisks(disk(disk, home, name));
    }
    for (NetworkInterface network : properties.getNetworkInterfacesList()) {
      instance.addNetworkInterfaces(network(network, origin.number()));
    }
    return instance.build();
  }

  /**
   * With a group's all-instances configuration, which wins over the template (Google's page
   * "Override instance template properties with an all-instances configuration").
   */
  public static Instance overridden(
      Instance instance, InstanceTemplate template, InstancePropertiesPatch overrides) {
    Map<String, String> labels = new TreeMap<>(template.getProperties().getLabelsMap());
    labels.putAll(overrides.getLabelsMap());
    Map<String, String> items = new LinkedHashMap<>();
    template
        .getProperties()
        .getMetadata()
        .getItemsList()
        .forEach(one -> items.put(one.getKey(), one.getValue()));
    items.putAll(overrides.getMetadataMap());
    Metadata.Builder metadata = instance.getMetadata().toBuilder().clearItems().clearFingerprint();
    items.forEach(
        (key, value) -> metadata.addItems(Items.newBuilder().setKey(key).setValue(value)));
    instance.getMetadata().getItemsList().stream()
        .filter(one -> MADE_BY.contains(one.getKey()))
        .forEach(metadata::addItems);
    return instance.toBuilder()
        .clearLabels()
        .putAllLabels(labels)
        .setLabelFingerprint(Names.fingerprint(labels))
        .setMetadata(
            metadata.setFingerprint(Names.fingerprint(metadata.build().toByteArray())).build())
        .build();
  }

  /** Fields of an instance that a template has in another form, or that say nothing new. */
  private static final Set<String> OWN =
      Set.of(
          "creationTimestamp",
          "deletionProtection",
          "fingerprint",
          "id",
          "kind",
          "labelFingerprint",
          "labels",
          "machineType",
          "name",
          "params",
          "selfLink",
          "status",
          "zone");

  /**
   * A new instance that no group makes, still PROVISIONING.
   *
   * @throws localcloud.world.refusals.ApiException 400 if it could not be, 501 for what is not kept
   */
  static Instance single(Newborn born, Scope zone, Instance asked) {
    Names.check("resource.name", asked.getName());
    Set<String> known = new HashSet<>(OWN);
    InstanceProperties.Builder properties =
        InstanceProperties.newBuilder()
            .setMachineType(Links.last(asked.getMachineType()))
            .putAllLabels(asked.getLabelsMap());
    asked
        .getAllFields()
        .forEach(
            (field, value) -> {
              FieldDescriptor same =
                  InstanceProperties.getDescriptor().findFieldByName(field.getName());
              if (same != null
                  && !field.getName().equals("machine_type")
                  && form(same).equals(form(field))) {
                properties.setField(same, value);
                known.add(field.getJsonName());
              }
            });
    Names.refuseOthers(Names.said(asked), known, "instance.");
    checkSingle(asked);
    InstanceTemplate as =
        InstanceTemplate.newBuilder()
            .setProperties(TemplateForm.complete(properties.build()))
            .build();
    Instance made = of(born, zone, as, new Origin("", "", born.id() % 4000));
    return made.toBuilder()
        .setMetadata(as.getProperties().getMetadata())
        .setDeletionProtection(false)
        .build();
  }

  private static void checkSingle(Instance asked) {
    Names.checkLabels("resource.labels", asked.getLabelsMap());
    if (asked.getMachineType().isEmpty()) {
      throw Refusals.invalid("resource.machineType", "", "A machine type is required.");
    }
    boolean image =
        asked.getDisksList().stream()
            .anyMatch(
                disk -> disk.getBoot() && !disk.getInitializeParams().getSourceImage().isEmpty());
    if (!image) {
      throw Refusals.notModelled("an instance without a boot disk that is made of an image");
    }
    if (asked.getNetworkInterfacesCount() == 0) {
      throw Refusals.invalid(
          "resource.networkInterfaces", "", "At least one network interface is required.");
    }
    if (asked.getDeletionProtection()) {
      throw Refusals.notModelled("deletionProtection");
    }
  }

  /** Whatever a template says under a name that instances have too, in the same form. */
  private static Instance.Builder carried(InstanceProperties properties) {
    Instance.Builder instance = Instance.newBuilder();
    properties
        .getAllFields()
        .forEach(
            (field, value) -> {
              FieldDescriptor same = Instance.getDescriptor().findFieldByName(field.getName());
              if (same != null && form(same).equals(form(field))) {
                instance.setField(same, value);
              }
            });
    return instance;
  }

  private static List<Object> form(FieldDescriptor field) {
    boolean message = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
    Object type = message ? field.getMessageType() : field.getType();
    return List.of(type, field.isRepeated());
  }

  private static AttachedDisk disk(AttachedDisk planned, String home, String name) {
    String usual = planned.getBoot() ? name : name + "-" + planned.getIndex();
    String chosen = planned.getInitializeParams().getDiskName();
    String disk = chosen.isEmpty() ? usual : chosen;
    AttachedDisk.Builder attached = planned.toBuilder().setSource(home + "/disks/" + disk);
    if (planned.getInitializeParams().hasDiskSizeGb()) {
      attached.setDiskSizeGb(planned.getInitializeParams().getDiskSizeGb());
    }
    return attached.clearInitializeParams().build();
  }

  private static NetworkInterface network(NetworkInterface planned, long number) {
    NetworkInterface.Builder network = planned.toBuilder();
    network.setNetworkIP(NETWORK + number / 250 % 16 + "." + (2 + number % 250));
    for (int i = 0; i < planned.getAccessConfigsCount(); i++) {
      String address = PUBLIC + (1 + number % 254);
      network.setAccessConfigs(i, planned.getAccessConfigs(i).toBuilder().setNatIP(address));
    }
    return network.build();
  }

  private static Metadata metadata(Metadata planned, Origin origin) {
    Metadata.Builder metadata = planned.toBuilder();
    metadata.addItems(item("instance-template", origin.templateLink()));
    metadata.addItems(item("created-by", origin.groupLink()));
    return metadata.setFingerprint(Names.fingerprint(metadata.build().toByteArray())).build();
  }

  private static Items item(String key, String link) {
    return Items.newBuilder().setKey(key).setValue(Links.pathOf(link)).build();
  }
}
