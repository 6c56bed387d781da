package localcloud.world;

import com.google.cloud.compute.v1.AttachedDisk;
import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.InstanceProperties;
import com.google.cloud.compute.v1.InstanceTemplate;
import com.google.cloud.compute.v1.Items;
import com.google.cloud.compute.v1.Metadata;
import com.google.cloud.compute.v1.NetworkInterface;

/** Makes the instance that a template describes. */
final class InstanceForm {
  /** Where us-west1's automatic subnet lies. */
  private static final String NETWORK = "10.138.";

  /** RFC 5737's third block for documentation: nobody's addresses. */
  private static final String PUBLIC = "203.0.113.";

  /** Who makes it, and from what. */
  record Origin(String groupLink, String templateLink, long number) {}

  private InstanceForm() {}

  static Instance of(Newborn born, Scope zone, InstanceTemplate template, Origin origin) {
    InstanceProperties properties = template.getProperties();
    String name = Links.last(born.selfLink());
    String home = born.selfLink().substring(0, born.selfLink().indexOf("/instances/"));
    Instance.Builder instance =
        Instance.newBuilder()
            .setKind("compute#instance")
            .setId(born.id())
            .setName(name)
            .setSelfLink(born.selfLink())
            .setCreationTimestamp(born.creationTimestamp())
            .setZone(home)
            .setStatus("PROVISIONING")
            .setMachineType(home + "/machineTypes/" + properties.getMachineType())
            .setCpuPlatform("Unknown CPU Platform")
            .setCanIpForward(properties.getCanIpForward())
            .setScheduling(properties.getScheduling())
            .setTags(properties.getTags())
            .setMetadata(metadata(properties.getMetadata(), origin))
            .putAllLabels(properties.getLabelsMap())
            .setLabelFingerprint(Names.fingerprint(properties.getLabelsMap()))
            .addAllServiceAccounts(properties.getServiceAccountsList())
            .setFingerprint(Names.fingerprint(template.toByteArray()));
    if (properties.hasDescription()) {
      instance.setDescription(properties.getDescription());
    }
    for (AttachedDisk disk : properties.getDisksList()) {
      instance.addDisks(disk(disk, home, name));
    }
    for (NetworkInterface network : properties.getNetworkInterfacesList()) {
      instance.addNetworkInterfaces(network(network, origin.number()));
    }
    return instance.build();
  }

  private static AttachedDisk disk(AttachedDisk planned, String home, String name) {
    String disk = planned.getBoot() ? name : name + "-" + planned.getIndex();
    return planned.toBuilder().clearInitializeParams().setSource(home + "/disks/" + disk).build();
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
