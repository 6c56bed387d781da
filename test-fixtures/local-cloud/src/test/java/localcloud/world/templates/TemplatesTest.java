package localcloud.world.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.compute.v1.AttachedDisk;
import com.google.cloud.compute.v1.AttachedDiskInitializeParams;
import com.google.cloud.compute.v1.InstanceProperties;
import com.google.cloud.compute.v1.InstanceTemplate;
import com.google.cloud.compute.v1.NetworkInterface;
import com.google.cloud.compute.v1.Scheduling;
import java.nio.file.Path;
import localcloud.world.TestWorld;
import localcloud.world.places.Scope;
import localcloud.world.refusals.ApiException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplatesTest {
  @TempDir Path folder;
  private TestWorld test;

  @BeforeEach
  void prepare() throws Exception {
    test = new TestWorld(folder);
  }

  @Test
  void hasWhatGoogleAdds() {
    insert(properties(boot("projects/demo/global/images/x")));
    InstanceProperties kept =
        test.world.call(() -> test.world.templates().get(Scope.GLOBAL, "t")).getProperties();

    assertThat(kept.getDisks(0).getKind()).isEqualTo("compute#attachedDisk");
    assertThat(kept.getDisks(0).getMode()).isEqualTo("READ_WRITE");
    assertThat(kept.getDisks(0).getType()).isEqualTo("PERSISTENT");
    assertThat(kept.getNetworkInterfaces(0).getName()).isEqualTo("nic0");
    assertThat(kept.getMetadata().getFingerprint()).isNotEmpty();
    assertThat(kept.getScheduling().getAutomaticRestart()).isTrue();
    assertThat(kept.getScheduling().getOnHostMaintenance()).isEqualTo("MIGRATE");
    assertThat(kept.getScheduling().getPreemptible()).isFalse();
  }

  @Test
  void aSpotMachineIsNeitherRestartedNorMoved() {
    InstanceProperties.Builder spot = properties(boot("global/images/x"));
    spot.getSchedulingBuilder().setProvisioningModel("SPOT");
    insert(spot);

    Scheduling kept =
        test.world
            .call(() -> test.world.templates().get(Scope.GLOBAL, "t"))
            .getProperties()
            .getScheduling();
    assertThat(kept.getPreemptible()).isTrue();
    assertThat(kept.getAutomaticRestart()).isFalse();
    assertThat(kept.getOnHostMaintenance()).isEqualTo("TERMINATE");
  }

  @Test
  void needsOneBootDiskWithAnImageOfAProperForm() {
    refuses(properties(), "Exactly one boot disk");
    refuses(properties(boot("global/images/x"), boot("global/images/y")), "Exactly one boot disk");
    refuses(properties(boot("x")), "The URL is malformed.");
    refuses(properties(boot("global/images/x")).clearMachineType(), "A machine type is required");
    refuses(properties(AttachedDisk.newBuilder().setBoot(true).build()), "does not model");
  }

  @Test
  void needsANetworkInterface() {
    refuses(
        properties(boot("global/images/x")).clearNetworkInterfaces(),
        "Invalid value for field 'resource.properties.networkInterfaces': ''. At least one network"
            + " interface is required.");
  }

  private void refuses(InstanceProperties.Builder properties, String text) {
    assertThatThrownBy(() -> insert(properties))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining(text);
  }

  private void insert(InstanceProperties.Builder properties) {
    InstanceTemplate template =
        InstanceTemplate.newBuilder().setName("t").setProperties(properties).build();
    test.world.call(() -> test.world.templates().insert(Scope.GLOBAL, template));
  }

  private static InstanceProperties.Builder properties(AttachedDisk... disks) {
    InstanceProperties.Builder properties = InstanceProperties.newBuilder();
    for (AttachedDisk disk : disks) {
      properties.addDisks(disk);
    }
    return properties
        .setMachineType("f1-micro")
        .addNetworkInterfaces(NetworkInterface.newBuilder().setNetwork("global/networks/n"));
  }

  private static AttachedDisk boot(String image) {
    return AttachedDisk.newBuilder()
        .setBoot(true)
        .setInitializeParams(AttachedDiskInitializeParams.newBuilder().setSourceImage(image))
        .build();
  }
}
