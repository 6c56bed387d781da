package localcloud.world.templates;

import com.google.cloud.compute.v1.AccessConfig;
import com.google.cloud.compute.v1.AttachedDisk;
import com.google.cloud.compute.v1.InstanceProperties;
import com.google.cloud.compute.v1.Metadata;
import com.google.cloud.compute.v1.NetworkInterface;
import com.google.cloud.compute.v1.Scheduling;
import localcloud.world.places.Links;
import localcloud.world.resources.Names;

/** Adds what Compute Engine adds to a template's properties, as recorded from the real service. */
public final class TemplateForm {
  private TemplateForm() {}

  public static InstanceProperties complete(InstanceProperties asked) {
    InstanceProperties.Builder properties = asked.toBuilder();
    for (int i = 0; i < asked.getDisksCount(); i++) {
      properties.setDisks(i, disk(asked.getDisks(i), i));
    }
    for (int i = 0; i < asked.getNetworkInterfacesCount(); i++) {
      properties.setNetworkInterfaces(i, network(asked.getNetworkInterfaces(i), i));
    }
    return properties
        .setMetadata(metadata(asked.getMetadata()))
        .setScheduling(scheduling(asked.getScheduling()))
        .build();
  }

  private static AttachedDisk disk(AttachedDisk asked, int index) {
    AttachedDisk.Builder disk = asked.toBuilder().setKind("compute#attachedDisk").setIndex(index);
    if (!asked.hasDeviceName()) {
      disk.setDeviceName("persistent-disk-" + index);
    }
    if (asked.getInitializeParams().hasSourceImage()) {
      String image = Links.canonical(asked.getInitializeParams().getSourceImage());
      disk.setInitializeParams(asked.getInitializeParams().toBuilder().setSourceImage(image));
    }
    if (!asked.hasMode()) {
      disk.setMode("READ_WRITE");
    }
    if (!asked.hasType()) {
      disk.setType("PERSISTENT");
    }
    return disk.build();
  }

  private static NetworkInterface network(NetworkInterface asked, int index) {
    NetworkInterface.Builder network =
        asked.toBuilder().setKind("compute#networkInterface").setName("nic" + index);
    if (asked.hasNetwork()) {
      network.setNetwork(Links.canonical(asked.getNetwork()));
    }
    if (asked.hasSubnetwork()) {
      network.setSubnetwork(Links.canonical(asked.getSubnetwork()));
    }
    for (int i = 0; i < asked.getAccessConfigsCount(); i++) {
      AccessConfig access = asked.getAccessConfigs(i);
      network.setAccessConfigs(i, access.toBuilder().setKind("compute#accessConfig"));
    }
    return network.build();
  }

  private static Metadata metadata(Metadata asked) {
    return asked.toBuilder()
        .setKind("compute#metadata")
        .setFingerprint(Names.fingerprint(asked.toByteArray()))
        .build();
  }

  private static Scheduling scheduling(Scheduling asked) {
    Scheduling.Builder scheduling = asked.toBuilder();
    if (!asked.hasAutomaticRestart()) {
      scheduling.setAutomaticRestart(true);
    }
    if (!asked.hasOnHostMaintenance()) {
      scheduling.setOnHostMaintenance("MIGRATE");
    }
    if (!asked.hasPreemptible()) {
      scheduling.setPreemptible(false);
    }
    return scheduling.build();
  }
}
