package localcloud.world.images;

import static localcloud.world.TestWorld.GOOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.compute.v1.DeprecationStatus;
import com.google.cloud.compute.v1.GuestOsFeature;
import com.google.cloud.compute.v1.Image;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.RawDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import localcloud.machines.SimulatedMachines;
import localcloud.world.Site;
import localcloud.world.TestWorld;
import localcloud.world.World;
import localcloud.world.operations.Pace;
import localcloud.world.places.Scope;
import localcloud.world.refusals.ApiException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImagesTest {
  private static final String ID = "b7b3a0f2-9a51-4a52-8a0c-2f1f0a9d7c11";
  @TempDir Path folder;
  private TestWorld test;
  private Images images;

  @BeforeEach
  void prepare() throws Exception {
    test = new TestWorld(folder);
    images = test.world.images();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://storage.googleapis.com/bucket/dir/o%20b.tar.gz",
        "https://storage.googleapis.com/storage/v1/b/bucket/o/dir/o%20b.tar.gz",
        "https://www.googleapis.com/storage/v1/b/bucket/o/dir%2Fo%20b.tar.gz",
        "http://127.0.0.1:8085/storage/v1/b/bucket/o/dir/o%20b.tar.gz",
        "http://localhost:8085/storage/v1/b/bucket/o/dir/o%20b.tar.gz?alt=media"
      })
  void readsEveryFormOfASource(String url) {
    assertThat(RawDiskUrl.parse(url)).isEqualTo(new RawDiskUrl("bucket", "dir/o b.tar.gz"));
  }

  @Test
  @Timeout(300)
  void anImportThatTakesLongerEndsLaterAndHoldsNothingUp() throws Exception {
    List<Runnable> imports = new ArrayList<>();
    Site site = new Site("demo", test.clock, folder.resolve("slow"), test.disks, imports::add);
    World world = new World(site, new SimulatedMachines(test.clock), Pace.usual());
    Image asked =
        Image.newBuilder()
            .setName("one")
            .setRawDisk(
                RawDisk.newBuilder().setSource(test.disks.uploadSimulated("one", GOOD)).build())
            .build();
    String name = world.call(() -> world.images().insert(asked)).getName();

    assertThat(world.await(Scope.GLOBAL, name).getStatus()).isEqualTo(Operation.Status.RUNNING);
    assertThat(world.call(() -> world.images().get("one")).getStatus()).isEqualTo("PENDING");
    imports.forEach(Runnable::run);
    assertThat(world.await(Scope.GLOBAL, name).getStatus()).isEqualTo(Operation.Status.DONE);
    assertThat(world.call(() -> world.images().get("one")).getStatus()).isEqualTo("READY");
  }

  @Test
  void isPendingUntilTheImportIsDone() throws Exception {
    test.image("one", GOOD);
    assertThat(image("one").getStatus()).isEqualTo("PENDING");
    assertThatThrownBy(() -> test.world.call(() -> images.delete("one")))
        .hasMessageContaining("is not ready");
    test.pass(29);
    assertThat(image("one").getStatus()).isEqualTo("PENDING");
    test.pass(1);
    assertThat(image("one").getStatus()).isEqualTo("READY");
  }

  @Test
  void waitingMovesOnWithTheClockToTheEnd() throws Exception {
    Operation started = test.image("one", GOOD);
    Instant before = test.clock.instant();
    Operation done = test.world.await(Scope.GLOBAL, started.getName());
    assertThat(done.getStatus()).isEqualTo(Operation.Status.DONE);
    assertThat(done.hasError()).isFalse();
    assertThat(test.clock.instant()).isEqualTo(before.plus(Duration.ofSeconds(30)));
  }

  @Test
  void aFamilyMeansItsNewestThatIsNotDeprecated() throws Exception {
    for (String name : new String[] {"old", "new"}) {
      test.image(name, GOOD);
      test.pass(30);
      test.world.call(() -> images.patch(name, now -> now.toBuilder().setFamily("web").build()));
    }
    assertThat(newest()).isEqualTo("new");
    deprecate("new", "DEPRECATED");
    assertThat(newest()).isEqualTo("old");
    deprecate("old", "OBSOLETE");
    assertThatThrownBy(this::newest)
        .hasMessage("The resource 'projects/demo/global/images/family/web' was not found");
    deprecate("old", "");
    assertThat(newest()).isEqualTo("old");
    deprecate("new", "ACTIVE");
    assertThat(newest()).isEqualTo("new");
    assertThat(image("new").getDeprecated().getState()).isEqualTo("ACTIVE");
  }

  private void deprecate(String name, String state) {
    DeprecationStatus status = DeprecationStatus.newBuilder().setState(state).build();
    test.world.call(() -> images.deprecate(name, status));
  }

  private String newest() {
    return test.world.call(() -> images.newestOf("web")).getName();
  }

  @Test
  void aPatchOfAnythingElseIsDroppedAndLabelsHaveTheirOwnCall() throws Exception {
    test.image("one", GOOD);
    test.pass(30);
    test.world.call(
        () ->
            images.patch(
                "one", now -> now.toBuilder().putLabels("x", "y").setDescription("d").build()));
    assertThat(image("one").getDescription()).isEqualTo("d");
    assertThat(image("one").getLabelsMap()).doesNotContainKey("x");
    String read = image("one").getLabelFingerprint();
    test.world.call(() -> images.setLabels("one", Map.of("a", "b"), read));
    assertThat(image("one").getLabelsMap()).containsEntry("a", "b");
    assertThatThrownBy(() -> test.world.call(() -> images.setLabels("one", Map.of("c", "d"), read)))
        .isInstanceOfSatisfying(
            ApiException.class, refused -> assertThat(refused.code()).isEqualTo(412));
  }

  @Test
  void needsExactlyOneSource() {
    assertThatThrownBy(() -> insert(Image.newBuilder().setName("x").build()))
        .hasMessage("Invalid resource usage: 'Must specify exactly one source for an image.'");
    assertThatThrownBy(() -> insert(Image.newBuilder().setName("x").setSourceSnapshot("s").build()))
        .isInstanceOfSatisfying(
            ApiException.class, refused -> assertThat(refused.code()).isEqualTo(501));
  }

  @Test
  void keepsWhatItIsToldOfTheMachinesItIsFor() throws Exception {
    String key = "projects/p/locations/us-west1/keyRings/r/cryptoKeys/k";
    Image.Builder asked =
        Image.newBuilder()
            .setName("said")
            .setArchitecture("ARM64")
            .addStorageLocations("us-west1")
            .addLicenses("projects/vm-options/global/licenses/enable-vmx")
            .addGuestOsFeatures(GuestOsFeature.newBuilder().setType("GVNIC"));
    asked.getImageEncryptionKeyBuilder().setKmsKeyName(key);
    asked.getRawDiskBuilder().setSource(test.disks.uploadSimulated("said", GOOD));
    insert(asked.build());

    Image made = image("said");

    assertThat(made.getArchitecture()).isEqualTo("ARM64");
    assertThat(made.getStorageLocationsList()).containsExactly("us-west1");
    assertThat(made.getGuestOsFeaturesList()).isEqualTo(asked.getGuestOsFeaturesList());
    assertThat(made.getLicensesList())
        .containsExactly(
            "https://www.googleapis.com/compute/v1/projects/vm-options/global/licenses/enable-vmx");
    assertThat(made.getImageEncryptionKey().getKmsKeyName())
        .isEqualTo(key + "/cryptoKeyVersions/1");
  }

  @Test
  void refusesWhatNoImageIs() {
    Image asked =
        Image.newBuilder()
            .setName("x")
            .setRawDisk(RawDisk.newBuilder().setSource("https://storage.googleapis.com/a/b.tar.gz"))
            .build();
    assertThatThrownBy(() -> insert(asked.toBuilder().setArchitecture("MIPS").build()))
        .hasMessageContaining("Invalid value for field 'resource.architecture': 'MIPS'");
    GuestOsFeature none = GuestOsFeature.newBuilder().setType("NONE").build();
    assertThatThrownBy(() -> insert(asked.toBuilder().addGuestOsFeatures(none).build()))
        .hasMessageContaining("'resource.guestOsFeatures.type': 'NONE'");
    assertThatThrownBy(
            () ->
                insert(
                    asked.toBuilder().addStorageLocations("us").addStorageLocations("eu").build()))
        .hasMessageContaining("resource.storageLocations");
    Image.Builder own = asked.toBuilder();
    own.getImageEncryptionKeyBuilder().setRawKey("key");
    assertThatThrownBy(() -> insert(own.build())).hasMessageContaining("does not model");
  }

  @Test
  void isNotDeprecatedFromTheStart() {
    Image.Builder image = Image.newBuilder().setName("x");
    image.getRawDiskBuilder().setSource("https://storage.googleapis.com/a/b");
    image.getDeprecatedBuilder().setState("DEPRECATED");
    assertThatThrownBy(() -> insert(image.build()))
        .hasMessageContaining("does not model the field image.deprecated");
  }

  private Operation insert(Image image) {
    return test.world.call(() -> images.insert(image));
  }

  @Test
  void aRepeatedRequestIsRecognisedForAnHour() throws Exception {
    String url = test.disks.uploadSimulated("one", GOOD);
    Image asked =
        Image.newBuilder().setName("one").setRawDisk(RawDisk.newBuilder().setSource(url)).build();
    Operation first = test.world.once(ID, () -> images.insert(asked));
    assertThat(first.getClientOperationId()).isEqualTo(ID);
    test.pass(3600);
    Operation again = test.world.once(ID, () -> images.insert(asked));
    assertThat(again.getName()).isEqualTo(first.getName());
    assertThat(again.getStatus()).isEqualTo(Operation.Status.DONE);
    test.pass(1);
    assertThatThrownBy(() -> test.world.once(ID, () -> images.insert(asked)))
        .hasMessage("The resource 'projects/demo/global/images/one' already exists");
    assertThatThrownBy(
            () ->
                test.world.once("00000000-0000-0000-0000-000000000000", () -> images.insert(asked)))
        .hasMessageContaining("Must be a UUID that is not zero.");
  }

  @Test
  void aDeletedImageTakesItsDiskAlong() throws Exception {
    test.image("one", GOOD);
    test.pass(30);
    assertThat(disks()).isEqualTo(1);
    test.world.call(() -> images.delete("one"));
    test.pass(1);
    assertThatThrownBy(() -> image("one")).hasMessageContaining("was not found");
    assertThat(disks()).isZero();
  }

  private Image image(String name) {
    return test.world.call(() -> images.get(name));
  }

  private long disks() throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve("data/compute/images"))) {
      return files.count();
    }
  }
}
