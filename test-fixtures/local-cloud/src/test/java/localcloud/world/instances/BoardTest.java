package localcloud.world.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.compute.v1.AttachedDisk;
import com.google.cloud.compute.v1.GuestOsFeature;
import com.google.cloud.compute.v1.Image;
import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.NetworkInterface;
import com.google.cloud.compute.v1.ShieldedInstanceConfig;
import java.util.List;
import localcloud.world.instances.Board.Firmware;
import localcloud.world.refusals.OperationFailed;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoardTest {
  @ParameterizedTest
  @CsvSource({
    "e2-micro,       ,                ,                false, BIOS",
    "e2-micro,       UEFI_COMPATIBLE, ,                false, UEFI",
    "e2-micro,       ,                UEFI_COMPATIBLE, false, UEFI",
    "e2-micro,       GVNIC,           GVNIC,           false, BIOS",
    "e2-micro,       ,                ,                true,  UEFI",
    "t2a-standard-1, ,                ,                false, UEFI",
    "c4a-standard-1, ,                ,                false, UEFI"
  })
  void theFirmwareFollowsFeaturesSecureBootAndArchitecture(
      String type,
      @Nullable String templates,
      @Nullable String images,
      boolean secure,
      Firmware firmware) {
    Instance instance =
        instance(type, templates).toBuilder()
            .setShieldedInstanceConfig(
                ShieldedInstanceConfig.newBuilder().setEnableSecureBoot(secure))
            .build();
    String architecture = type.startsWith("e2") ? "X86_64" : "ARM64";
    Image image = image(images).toBuilder().setArchitecture(architecture).build();

    Board board = Board.of(Board.checked(instance, image));

    assertThat(board.firmware()).isEqualTo(firmware);
    assertThat(board.architecture()).isEqualTo(architecture);
  }

  @Test
  void theBootDiskShowsWhatTheImageHas() {
    Instance shown = Board.checked(instance("e2-micro", "GVNIC"), image("UEFI_COMPATIBLE"));

    assertThat(shown.getDisks(0).getGuestOsFeaturesList())
        .containsExactly(feature("GVNIC"), feature("UEFI_COMPATIBLE"));
    assertThat(shown.getDisks(0).getArchitecture()).isEqualTo("X86_64");
    assertThat(shown.getDisks(1).getGuestOsFeaturesList()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"t2a-standard-1, , X86_64, ARM64", "e2-micro, ARM64, ARM64, X86_64"})
  void anotherArchitectureIsRefused(
      String type, @Nullable String said, String disks, String machines) {
    Image image = said == null ? image(null) : Image.newBuilder().setArchitecture(said).build();

    assertThatThrownBy(() -> Board.checked(instance(type, null), image))
        .isInstanceOf(OperationFailed.class)
        .hasMessageContaining(
            "'Requested boot disk architecture ("
                + disks
                + ") is not compatible with machine type architecture ("
                + machines
                + ").'");
  }

  @ParameterizedTest
  @CsvSource({"GVNIC, GVNIC, true", "GVNIC, IDPF, false", "IDPF, , false", "VIRTIO_NET, , true"})
  void anInterfaceNeedsItsGuestFeature(String nic, @Nullable String feature, boolean taken) {
    Instance instance =
        instance("e2-micro", null).toBuilder()
            .addNetworkInterfaces(NetworkInterface.newBuilder().setNicType(nic))
            .build();

    if (taken) {
      assertThat(Board.checked(instance, image(feature)).getNetworkInterfacesCount()).isEqualTo(1);
    } else {
      assertThatThrownBy(() -> Board.checked(instance, image(feature)))
          .isInstanceOf(OperationFailed.class)
          .hasMessageContaining(
              "NicType can only be set to "
                  + nic
                  + " on instances with "
                  + nic
                  + " GuestOsFeature.");
    }
  }

  private static Instance instance(String type, @Nullable String feature) {
    AttachedDisk.Builder boot = AttachedDisk.newBuilder().setBoot(true);
    if (feature != null) {
      boot.addGuestOsFeatures(feature(feature));
    }
    return Instance.newBuilder()
        .setMachineType("projects/demo/zones/us-west1-a/machineTypes/" + type)
        .addAllDisks(List.of(boot.build(), AttachedDisk.getDefaultInstance()))
        .build();
  }

  private static Image image(@Nullable String feature) {
    return feature == null
        ? Image.getDefaultInstance()
        : Image.newBuilder().addGuestOsFeatures(feature(feature)).build();
  }

  private static GuestOsFeature feature(String type) {
    return GuestOsFeature.newBuilder().setType(type).build();
  }
}
