package slipway.gcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import localcloud.cli.SeededCloud;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.artifact.UploadGone;
import slipway.fault.Actor;
import slipway.fault.OperationFailed;
import slipway.image.ImageName;
import slipway.image.Images;
import slipway.rollout.Group;
import slipway.rollout.Groups;
import slipway.rollout.Instance;
import slipway.rollout.Version;
import slipway.settings.GroupPath;
import slipway.settings.ImageSettings;
import slipway.settings.Settings;
import slipway.settings.Size;
import slipway.settings.Target;
import slipway.settings.TemplatePath;
import slipway.template.Templates;
import slipway.time.CallTime;
import slipway.time.RunningTime;
import slipway.time.Sleeper;
import slipway.upload.FinalizeEvent;
import slipway.upload.Upload;
import tarballs.Kind;
import tarballs.SimulatedDisk;

/** What Google's clients make of Google's answers, one question after the other. */
class PortsTest {
  private static final TemplatePath FIRST =
      new TemplatePath("projects/demo/global/instanceTemplates/mir-riseos-1");
  private static final List<Version> ALL_FIRST = List.of(Version.rest(FIRST));
  private static final GroupPath PATH =
      new GroupPath("demo", "zones/us-west1-a", "mir-riseos-group");

  private static final Duration LEASE = Duration.ofSeconds(60);

  @TempDir static Path folder;
  private static SeededCloud cloud;
  private static final List<Duration> PAUSES = new ArrayList<>();
  private static CallTime time;
  private static Ports ports;

  @BeforeAll
  static void start() throws Exception {
    cloud = new SeededCloud(folder);
    Settings settings = Settings.read(cloud.environment(Map.of()));
    RunningTime clock = RunningTime.of(settings.cloudClock());
    Sleeper sleeper =
        pause -> {
          PAUSES.add(pause);
          clock.sleep(pause);
        };
    time = new CallTime(clock, sleeper, settings.call().multipliedBy(100));
    ports = Ports.of(Clients.connect(settings), settings, time);
  }

  @AfterAll
  static void everyRouteThatWasAskedForIsThere() {
    cloud.close();
    assertThat(cloud.unknownRoutes()).isEmpty();
  }

  @Test
  void anImageThatIsThereIsLeftAsItIs() throws Exception {
    Upload upload = upload("twice.tar.gz", Kind.SPARSE);
    ports.proven().copy(upload, "proven/twice.tar.gz");
    String source = ports.proven().url("proven/twice.tar.gz");
    ports.images().insert(new Images.Draft(new ImageName("twice"), source, made("first")));

    ports.images().insert(new Images.Draft(new ImageName("twice"), source, made("second")));

    Images.Facts facts = ports.images().find(new ImageName("twice")).orElseThrow();
    assertThat(facts.status()).isEqualTo(Images.Status.READY);
    assertThat(facts.labels()).containsExactly(Map.entry("made", "first"));
  }

  @Test
  void aFailedOperationsOwnErrorIsTold() throws Exception {
    Upload upload = upload("pax.tar.gz", Kind.PAX);
    ports.proven().copy(upload, "proven/pax.tar.gz");
    Images.Draft draft =
        new Images.Draft(
            new ImageName("pax"), ports.proven().url("proven/pax.tar.gz"), ImageSettings.NONE);

    OperationFailed failed =
        catchThrowableOfType(OperationFailed.class, () -> ports.images().insert(draft));

    assertThat(failed.actor()).isEqualTo(Actor.UPLOADER);
    assertThat(failed).hasMessageContaining("GNU and OLDGNU");
    assertThat(ports.images().find(new ImageName("pax"))).isEmpty();
  }

  @Test
  void aRefusedRequestsSentenceIsTold() {
    Images.Draft draft =
        new Images.Draft(
            new ImageName("Not-A-Name"), "https://storage.googleapis.com/b/o", ImageSettings.NONE);

    OperationFailed failed =
        catchThrowableOfType(OperationFailed.class, () -> ports.images().insert(draft));

    assertThat(failed.code()).isEqualTo("invalid");
    assertThat(failed).hasMessageContaining("Not-A-Name");
  }

  @Test
  void theFamilyFollowsActivationAndDeprecation() throws Exception {
    Upload upload = upload("member.tar.gz", Kind.SPARSE);
    ports.proven().copy(upload, "proven/member.tar.gz");
    String source = ports.proven().url("proven/member.tar.gz");
    ports.images().insert(new Images.Draft(new ImageName("member"), source, ImageSettings.NONE));

    ports.images().activate(new ImageName("member"), "some-family");
    assertThat(ports.images().active("some-family"))
        .extracting(image -> image.name().value())
        .containsExactly("member");
    ports
        .images()
        .deprecate(
            new ImageName("member"),
            ports.images().find(new ImageName("member")).orElseThrow().url(),
            null);
    assertThat(ports.images().active("some-family")).isEmpty();
    ports.images().activate(new ImageName("member"), "some-family");
    assertThat(ports.images().active("some-family"))
        .extracting(image -> image.name().value())
        .containsExactly("member");
  }

  @Test
  void anImageIsListedUnderItsTargetAnnouncedAndDeleted() throws Exception {
    String name = "site-20261122-134233-4f2a9c";
    Upload upload = upload("pruned.tar.gz", Kind.SPARSE);
    ports.proven().copy(upload, "proven/pruned.tar.gz");
    String source = ports.proven().url("proven/pruned.tar.gz");
    ports.images().insert(new Images.Draft(new ImageName(name), source, ImageSettings.NONE));
    ports
        .images()
        .insert(new Images.Draft(new ImageName(name + "-copy"), source, ImageSettings.NONE));

    Instant later = Instant.parse("2026-11-24T00:00:00Z");
    ports
        .images()
        .deprecate(
            new ImageName(name),
            ports.images().find(new ImageName(name)).orElseThrow().url(),
            later);

    assertThat(ports.images().namedFor("site"))
        .singleElement()
        .satisfies(
            image -> {
              assertThat(image.name()).hasToString(name);
              assertThat(image.deleteAfter()).isEqualTo(later);
            });
    assertThat(ports.images().namedFor("sit")).isEmpty();
    ports.images().activate(new ImageName(name), "pruned");
    assertThat(ports.images().find(new ImageName(name)).orElseThrow().deleteAfter()).isNull();
    ports.images().delete(new ImageName(name));
    ports.images().delete(new ImageName(name));
    assertThat(ports.images().find(new ImageName(name))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"global", "regions/us-west1"})
  void aTemplateIsListedWithItsImagesAndDeleted(String place) throws Exception {
    TemplatePath path = new TemplatePath("projects/demo/" + place + "/instanceTemplates/listed");
    ports.templates().insert(path, template("listed"));

    assertThat(ports.templates().booting("mir-riseos-[0-9]"))
        .contains(new Templates.Listed(path, Set.of(new ImageName("mir-riseos-1"))));
    assertThat(ports.templates().booting("riseos-1|mir-riseos")).isEmpty();
    assertThat(ports.templates().delete(path)).isTrue();
    assertThat(ports.templates().delete(path)).isTrue();
    assertThat(ports.templates().find(path)).isEmpty();
  }

  @Test
  void aTemplateThatAGroupUsesIsLeft() throws Exception {
    assertThat(ports.templates().delete(FIRST)).isFalse();
    assertThat(ports.templates().find(FIRST)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"global", "regions/us-west1"})
  void aTemplateThatIsThereIsLeftAsItIs(String place) throws Exception {
    JsonObject template = template("clone");
    template.addProperty("description", "first");
    TemplatePath path = new TemplatePath("projects/demo/" + place + "/instanceTemplates/clone");
    ports.templates().insert(path, template);
    template.addProperty("description", "second");

    ports.templates().insert(path, template);

    JsonObject made = ports.templates().find(path).orElseThrow().json();
    assertThat(made.get("description").getAsString()).isEqualTo("first");
    assertThat(ports.templates().find(FIRST).orElseThrow().unknownFields()).isEmpty();
    assertThat(ports.templates().find(new TemplatePath(path + "0"))).isEmpty();
  }

  @Test
  void aRegionalGroupIsReadAndPatchedLikeAZonalOne() throws Exception {
    cloud.create(
        "regions/us-central1/instanceGroupManagers",
        "{\"name\": \"over-zones\", \"targetSize\": 2, \"instanceTemplate\": \"" + FIRST + "\"}");
    GroupPath path = new GroupPath("demo", "regions/us-central1", "over-zones");
    Group group = ports.groups().find(path).orElseThrow();

    ports.groups().patch(new Groups.Intent(group, ALL_FIRST, more(3)));

    assertThat(group.zones()).isEqualTo(3);
    assertThat(group.templates()).containsExactly(FIRST);
    assertThat(ports.groups().instances(path)).hasSize(2);
    assertThat(ports.groups().patch(new Groups.Intent(group, ALL_FIRST, more(4)))).isFalse();
    Group again = ports.groups().find(path).orElseThrow();
    assertThatThrownBy(() -> ports.groups().patch(new Groups.Intent(again, ALL_FIRST, more(1))))
        .isInstanceOf(OperationFailed.class)
        .hasMessageContaining("at least equal to the number of zones");
    assertThat(ports.groups().find(new GroupPath("demo", "regions/us-central1", "none"))).isEmpty();
  }

  @Test
  void anImageSaysWhatItIsToldTo() throws Exception {
    ImageSettings all =
        new ImageSettings(
            List.of("UEFI_COMPATIBLE", "GVNIC"),
            "ARM64",
            List.of("projects/vm-options/global/licenses/enable-vmx"),
            List.of("us-west1"),
            "projects/demo/locations/us-west1/keyRings/r/cryptoKeys/k",
            Map.of("team", "edge"));
    String source = cloud.put("said.tar.gz", Kind.UEFI_ARM64, SimulatedDisk.healthy("1"));
    ImageName name = new ImageName("said");

    ports.images().insert(new Images.Draft(name, source, all));

    Images.Facts made = ports.images().find(name).orElseThrow();
    assertThat(all.areMetBy(made.settings())).as(made.settings().toString()).isTrue();
    assertThat(made.settings().features()).containsExactly("GVNIC", "UEFI_COMPATIBLE");
  }

  @Test
  void anImageOfWhichNothingIsSaidHasNothing() throws Exception {
    String source = cloud.put("unsaid.tar.gz", SimulatedDisk.healthy("1"));
    ImageName name = new ImageName("unsaid");

    ports.images().insert(new Images.Draft(name, source, ImageSettings.NONE));

    ImageSettings made = ports.images().find(name).orElseThrow().settings();
    assertThat(ImageSettings.NONE.areMetBy(made)).isTrue();
    assertThat(made.storageLocations()).containsExactly("us");
    assertThat(made.kmsKeyName()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"e2-micro, X86_64", "t2a-standard-1, ARM64", "none-such,"})
  void aMachineTypeHasAnArchitecture(String type, @Nullable String architecture) throws Exception {
    Group group = ports.groups().find(PATH).orElseThrow();

    assertThat(ports.groups().architecture(group, type))
        .isEqualTo(Optional.ofNullable(architecture));
  }

  @Test
  void aGroupAndItsInstancesAreReadInSlipwaysWords() {
    Group group = ports.groups().find(PATH).orElseThrow();

    assertThat(group.targetSize()).isEqualTo(3);
    assertThat(group.machines().zones()).containsExactly("us-west1-a");
    assertThat(group.templates()).containsExactly(FIRST);
    assertThat(group.policies().checked()).isTrue();
    assertThat(group.policies().recreates()).isFalse();
    assertThat(ports.groups().instances(PATH))
        .hasSize(3)
        .allSatisfy(
            one -> {
              assertThat(one.template()).isEqualTo(FIRST);
              assertThat(one.running()).isTrue();
              assertThat(one.settled()).isTrue();
              assertThat(one.health()).isEqualTo(Instance.Health.HEALTHY);
            });
    assertThat(ports.groups().find(new GroupPath("demo", "zones/us-west1-a", "none"))).isEmpty();
  }

  @Test
  void aPatchWithAnOldFingerprintIsRefused() throws Exception {
    Group old = ports.groups().find(PATH).orElseThrow();
    ports.groups().patch(new Groups.Intent(old, ALL_FIRST, more(5)));

    assertThat(ports.groups().patch(new Groups.Intent(old, ALL_FIRST, more(6)))).isFalse();
  }

  @Test
  void aChangeThatWasMadeAndTakenBackIsNotMadeOnceMoreByACallThatComesLate() throws Exception {
    Groups.Intent one = new Groups.Intent(group(), ALL_FIRST, more(1));
    ports.groups().patch(one);
    Group before = group();
    Groups.Intent three = new Groups.Intent(before, ALL_FIRST, more(3));
    ports.groups().patch(three);
    assertThat(group().fingerprint()).isNotEqualTo(before.fingerprint());
    ports.groups().patch(new Groups.Intent(group(), ALL_FIRST, more(1)));
    assertThat(group().fingerprint()).isEqualTo(before.fingerprint());

    ports.groups().patch(three);

    assertThat(group().fingerprint()).isEqualTo(before.fingerprint());
  }

  private static Target.Rolling more(int instances) {
    return new Target.Rolling(new Size(instances, false), new Size(0, false));
  }

  private static Group group() {
    return ports.groups().find(PATH).orElseThrow();
  }

  @Test
  void anOperationLongerThanALeaseIsWaitedForWithoutAPauseAndTheLeaseKept() throws Exception {
    cloud.strike(
        "{'rules':[{'on':'operation','method':'images.insert','do':'slow','seconds':600}]}");
    Upload upload = upload("slow.tar.gz", Kind.SPARSE);
    ports.proven().copy(upload, "proven/slow.tar.gz");
    List<Instant> beats = new ArrayList<>();
    beats.add(time.now());
    time.keep(() -> beats.add(time.now()));
    PAUSES.clear();

    String source = ports.proven().url("proven/slow.tar.gz");
    ports.images().insert(new Images.Draft(new ImageName("slow"), source, ImageSettings.NONE));

    time.keep(() -> {});
    cloud.calm();
    beats.add(time.now());
    assertThat(beats).hasSizeGreaterThan(4);
    assertThat(PAUSES).allMatch(pause -> pause.compareTo(Duration.ZERO) <= 0);
    // A machine that is busy for a moment may miss some: the cloud runs 50 times as fast as the
    // clock.
    long kept =
        IntStream.range(1, beats.size())
            .filter(i -> beats.get(i).isBefore(beats.get(i - 1).plus(LEASE)))
            .count();
    assertThat(kept).isGreaterThan(beats.size() / 2L);
  }

  @Test
  void aGenerationThatIsGoneIsTold() throws Exception {
    Upload gone = upload("overwritten.tar.gz", Kind.SPARSE);
    Upload there = upload("overwritten.tar.gz", Kind.PLAIN);

    assertThatThrownBy(() -> ports.proven().copy(gone, "proven/gone.tar.gz"))
        .isInstanceOf(UploadGone.class);
    try (InputStream bytes = ports.uploads().open(gone)) {
      assertThatThrownBy(bytes::readAllBytes).isInstanceOf(UploadGone.class);
    }
    try (InputStream bytes = ports.uploads().open(there)) {
      assertThat(bytes.readAllBytes()).hasSize((int) there.sizeBytes());
    }
  }

  @Test
  void aCopyIsMadeOnceAndDeletedOnce() throws Exception {
    Upload upload = upload("copied.tar.gz", Kind.SPARSE);

    assertThat(ports.proven().copy(upload, "proven/copied.tar.gz")).isEqualTo(upload.crc32c());
    assertThat(ports.proven().copy(upload, "proven/copied.tar.gz")).isEqualTo(upload.crc32c());
    ports.proven().delete("proven/copied.tar.gz");
    assertThat(cloud.objects("mir-riseos-private")).doesNotContain("proven/copied.tar.gz");
    assertThatCode(() -> ports.proven().delete("proven/copied.tar.gz")).doesNotThrowAnyException();
  }

  private static JsonObject template(String name) {
    JsonObject template =
        JsonParser.parseString(
                """
                {"properties": {"machineType": "f1-micro",
                  "networkInterfaces": [{"network": "global/networks/default"}],
                  "disks": [{"boot": true, "initializeParams":
                    {"sourceImage": "projects/demo/global/images/mir-riseos-1"}}]}}
                """)
            .getAsJsonObject();
    template.addProperty("name", name);
    return template;
  }

  private static Upload upload(String object, Kind kind) throws Exception {
    return FinalizeEvent.read(
        cloud.upload(object, kind, SimulatedDisk.healthy("2")).body().getBytes(UTF_8));
  }

  private static ImageSettings made(String by) {
    return ImageSettings.NONE.withLabels(Map.of("made", by));
  }
}
