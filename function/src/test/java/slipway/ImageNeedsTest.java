package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.fakes.FakeWorld;
import slipway.fakes.SiteTarget;
import slipway.fault.OperationFailed;
import slipway.record.DeploymentRecord;
import slipway.record.Stage;
import slipway.settings.ImageSettings;
import slipway.settings.TemplatePath;
import slipway.upload.Upload;
import tarballs.Kind;
import tarballs.SimulatedDisk;

/** Images say what their machines need, and are not made if those could not boot them. */
class ImageNeedsTest {
  private static final String KEY = "projects/demo/locations/us-west1/keyRings/r/cryptoKeys/images";
  private static final ImageSettings ALL =
      new ImageSettings(
          List.of("UEFI_COMPATIBLE", "GVNIC"),
          "X86_64",
          List.of("projects/vm-options/global/licenses/enable-vmx"),
          List.of("us-west1"),
          KEY,
          Map.of("team", "edge"));

  private static final ImageSettings NONE = ImageSettings.NONE;

  private final FakeWorld world = new FakeWorld();

  @Test
  void theImageSaysWhatTheTargetSaysAndTheTemplateListsTheSame() throws Exception {
    DeploymentRecord record = deploy(world.upload("site-2.tar.gz", Kind.SPARSE), ALL);

    assertThat(record.stage()).isEqualTo(Stage.DEPLOYED);
    ImageSettings made = imageOf(record);
    assertThat(ALL.areMetBy(made)).isTrue();
    assertThat(made.labels())
        .containsEntry("team", "edge")
        .containsEntry("slipway-target", "site")
        .containsKeys("slipway-deployment", "slipway-sha256");
    JsonObject template = templateOf(record);
    assertThat(boot(template).get("guestOsFeatures"))
        .hasToString("[{\"type\":\"GVNIC\"},{\"type\":\"UEFI_COMPATIBLE\"}]");
    assertThat(template.getAsJsonObject("properties").getAsJsonObject("labels").keySet())
        .as("labels of the image are not the machines'")
        .doesNotContain("team");
  }

  @Test
  void withoutASettingItIsWhatTheTemplateSays() throws Exception {
    template(
        "\"guestOsFeatures\": [{\"type\": \"UEFI_COMPATIBLE\"}, {\"type\": \"GVNIC\"}]",
        "\"ARM64\"",
        "t2a-standard-1");

    DeploymentRecord record = deploy(world.upload("site-2.tar.gz", Kind.UEFI_ARM64), NONE);

    assertThat(record.stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(imageOf(record).features()).containsExactly("GVNIC", "UEFI_COMPATIBLE");
    assertThat(imageOf(record).architecture()).isEqualTo("ARM64");
    assertThat(boot(templateOf(record)).get("guestOsFeatures"))
        .hasToString("[{\"type\":\"GVNIC\"},{\"type\":\"UEFI_COMPATIBLE\"}]");
  }

  @Test
  void templatesThatDisagreeAreTheOperators() throws Exception {
    TemplatePath other = new TemplatePath("projects/demo/global/instanceTemplates/site-b");
    world.templates.put(
        other,
        """
        {"properties": {"machineType": "e2-micro", "disks": [
          {"boot": true, "guestOsFeatures": [{"type": "GVNIC"}],
           "initializeParams": {"sourceImage": "global/images/site-1"}}]}}
        """);
    world.second.tell(other);
    for (int i = 0; i < 3; i++) {
      world.second.tick();
    }
    SiteTarget target = new SiteTarget().groups(FakeWorld.GROUP, FakeWorld.SECOND);
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);

    DeploymentRecord record = deploy(upload, target);

    assertThat(record.stage()).isEqualTo(Stage.MISCONFIGURED);
    assertThat(record.verdict().code()).isEqualTo("templates-disagree");
    assertThat(record.verdict().message())
        .isEqualTo(
            "guestOsFeatures of the boot disk of "
                + other
                + ": expected nothing, as in "
                + FakeWorld.FIRST
                + ", found [GVNIC].");
    assertThat(world.images.names()).isEmpty();
    Upload again = world.upload("site-3.tar.gz", Kind.SPARSE);
    ImageSettings explicit = ImageSettings.NONE.with(List.of(), null);
    assertThat(deploy(again, target.image(explicit)).stage()).isEqualTo(Stage.DEPLOYED);
  }

  @Test
  void anUploadOverridesTheSettingsForItself() throws Exception {
    Map<String, String> said =
        Map.of("architecture", "X86_64", "guest-os-features", "IDPF, NEW_ONE");
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE, said);

    DeploymentRecord record = deploy(upload, ALL);

    assertThat(imageOf(record).features()).containsExactly("IDPF", "NEW_ONE");
    assertThat(imageOf(record).storageLocations()).containsExactly("us-west1");
    assertThat(boot(templateOf(record)).get("guestOsFeatures"))
        .hasToString("[{\"type\":\"IDPF\"},{\"type\":\"NEW_ONE\"}]");
    assertThat(world.log())
        .filteredOn(line -> line.get("event").getAsString().equals("image.unknown-features"))
        .singleElement()
        .satisfies(line -> assertThat(line.get("features")).hasToString("[\"NEW_ONE\"]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "architecture | arm | expected ARM64 or X86_64, found arm.",
        "guest-os-features | GVNIC; rm | Google's list of guest features, found GVNIC; rm.",
        "guest-os-features | GVNIC, | Google's list of guest features, found GVNIC,."
      })
  void metadataThatNoImageCanHaveIsRefused(String key, String value, String told) throws Exception {
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE, Map.of(key, value));

    DeploymentRecord record = deploy(upload, NONE);

    assertRefused(record, Stage.REJECTED, "image-metadata", told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SPARSE     |        |        | the disk in site-2.tar.gz: expected one for ARM64, as"
            + " t2a-standard-1 of site-group is, found one for X86_64.",
        "UEFI_ARM64 |        |        | image.architecture of site: expected ARM64, as t2a-standard-1"
            + " of site-group has, found nothing, which is X86_64.",
        "UEFI       | X86_64 |        | image.architecture of site: expected ARM64, as t2a-standard-1"
            + " of site-group has, found X86_64.",
        "UEFI       | ARM64  | X86_64 | metadata architecture of site-2.tar.gz: expected ARM64, as"
            + " t2a-standard-1 of site-group has, found X86_64.",
        "UEFI_X86_64 | ARM64 |        | the disk in site-2.tar.gz: expected one for ARM64",
      })
  void anotherArchitectureThanTheMachinesIsRefused(
      Kind kind, @Nullable String setting, @Nullable String metadata, String told)
      throws Exception {
    template("", null, "t2a-standard-1");
    Map<String, String> said = metadata == null ? Map.of() : Map.of("architecture", metadata);
    Upload upload = world.upload("site-2.tar.gz", kind, said);

    DeploymentRecord record = deploy(upload, NONE.with(List.of("GVNIC"), setting));

    boolean operators = setting == null || setting.equals("X86_64");
    assertRefused(record, operators ? Stage.MISCONFIGURED : Stage.REJECTED, "cannot-boot", told);
  }

  @Test
  void aDiskOfUefiAloneIsRefusedForMachinesWithABios() throws Exception {
    DeploymentRecord record = deploy(world.upload("site-2.tar.gz", Kind.UEFI), NONE);

    assertRefused(
        record,
        Stage.REJECTED,
        "cannot-boot",
        "the disk in site-2.tar.gz: expected boot code in its MBR, since the machines of site-group"
            + " boot by BIOS, or UEFI_COMPATIBLE among the image's guest features, found an EFI"
            + " system partition and no boot code, so it boots by UEFI alone, and no guest"
            + " features.");
    assertThat(record.verdict().nextStep())
        .endsWith(
            "gsutil -h x-goog-meta-guest-os-features:UEFI_COMPATIBLE cp site-2.tar.gz"
                + " gs://uploads/");

    Map<String, String> said = Map.of("guest-os-features", "UEFI_COMPATIBLE");
    Upload saying = world.upload("site-3.tar.gz", Kind.UEFI, said);
    assertThat(deploy(saying, NONE).stage()).isEqualTo(Stage.DEPLOYED);
  }

  @Test
  void aDiskOfBothIsTakenEitherWay() throws Exception {
    Upload upload = world.upload("site-2.tar.gz", Kind.BIOS_AND_UEFI);
    assertThat(deploy(upload, NONE).stage()).isEqualTo(Stage.DEPLOYED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "c3-standard-4 |  | GVNIC, since c3-standard-4 has gVNIC alone",
        "t2a-standard-1 |  | GVNIC, since t2a-standard-1 has gVNIC alone",
        "c4a-highcpu-1 |  | GVNIC, since c4a-highcpu-1 has gVNIC alone",
        "e2-micro | \"networkInterfaces\": [{\"nicType\": \"GVNIC\"}] | GVNIC, since"
            + " projects/demo/global/instanceTemplates/site-1 has nicType GVNIC",
        "c3-standard-192-metal | \"networkInterfaces\": [{\"nicType\": \"IDPF\"}] | IDPF, since",
        "e2-micro | \"shieldedInstanceConfig\": {\"enableSecureBoot\": true} | UEFI_COMPATIBLE,"
            + " since projects/demo/global/instanceTemplates/site-1 has enableSecureBoot",
        "n2d-standard-2 | \"confidentialInstanceConfig\": {\"enableConfidentialCompute\": true} |"
            + " SEV_CAPABLE, since",
        "c3-standard-4 | \"confidentialInstanceConfig\": {\"confidentialInstanceType\": \"TDX\"} |"
            + " TDX_CAPABLE, since"
      })
  void whatTheMachinesNeedIsAskedFor(String type, @Nullable String properties, String told)
      throws Exception {
    machines(type, properties == null ? "" : properties + ",");
    String architecture = type.matches("(c4a|t2a).*") ? "ARM64" : "X86_64";
    Upload upload = world.upload("site-2.tar.gz", Kind.BIOS_AND_UEFI);
    ImageSettings settings = ImageSettings.NONE.with(List.of(), architecture);

    DeploymentRecord record = deploy(upload, settings);

    assertRefused(record, Stage.MISCONFIGURED, "cannot-boot", told);
    assertThat(record.verdict().message()).contains("image.guestOsFeatures of site: expected");
    List<String> needed = List.of("GVNIC", "IDPF", "UEFI_COMPATIBLE", "SEV_CAPABLE", "TDX_CAPABLE");
    Upload better = world.upload("site-3.tar.gz", Kind.BIOS_AND_UEFI);
    assertThat(deploy(better, settings.with(needed, architecture)).stage())
        .isEqualTo(Stage.DEPLOYED);
  }

  @ParameterizedTest
  @CsvSource({
    "c3-standard-4, VIRTIO_NET",
    "c3-standard-192-metal,",
    "unknown-3,",
    "n2-custom-4-8192,"
  })
  void whatIsNotKnownIsLeftToCompute(String type, @Nullable String nic) throws Exception {
    machines(type, nic == null ? "" : "\"networkInterfaces\": [{\"nicType\": \"" + nic + "\"}],");
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);

    assertThat(deploy(upload, NONE).stage()).isEqualTo(Stage.DEPLOYED);
  }

  @Test
  void everyMachineTypeOfTheGroupIsLookedAt() throws Exception {
    world.group.select("n2-standard-2", "t2a-standard-1", "n4-standard-2");

    DeploymentRecord record = deploy(world.upload("site-2.tar.gz", Kind.SPARSE), NONE);

    assertRefused(record, Stage.MISCONFIGURED, "cannot-boot", "t2a-standard-1 of site-group");
    assertThat(record.verdict().message()).contains("GVNIC, since n4-standard-2 has gVNIC alone");
  }

  @Test
  void aTypeThatThePolicyDoesNotNameIsNotTheGroups() throws Exception {
    machines("c3-standard-4", "");
    world.group.select("n2-standard-2", "e2-standard-2");

    assertThat(deploy(world.upload("site-2.tar.gz", Kind.SPARSE), NONE).stage())
        .isEqualTo(Stage.DEPLOYED);
  }

  @Test
  void anImageIsReusedOnlyIfItSaysTheSame() throws Exception {
    SimulatedDisk disk = SimulatedDisk.healthy("2");
    String first = nameOf(deploy(upload("site-2.tar.gz", disk), NONE));
    String second = nameOf(deploy(upload("site-3.tar.gz", disk), ALL));
    ImageSettings otherKey =
        new ImageSettings(
            ALL.guestOsFeatures(),
            ALL.architecture(),
            ALL.licenses(),
            ALL.storageLocations(),
            null,
            ALL.labels());

    assertThat(second).isNotEqualTo(first);
    assertThat(nameOf(deploy(upload("site-4.tar.gz", disk), otherKey))).isNotIn(first, second);
    assertThat(nameOf(deploy(upload("site-5.tar.gz", disk), ALL))).isEqualTo(second);
    assertThat(nameOf(deploy(upload("site-6.tar.gz", disk), NONE)))
        .as("the template lists guest features by now")
        .isNotIn(first, second);
    ImageSettings nothing = NONE.with(List.of(), null);
    assertThat(nameOf(deploy(upload("site-7.tar.gz", disk), nothing))).isEqualTo(first);
  }

  @Test
  void aKeyThatComputesAgentMayNotUseIsTheOperators() throws Exception {
    String words =
        "Cloud KMS error when using key "
            + KEY
            + ": Permission"
            + " 'cloudkms.cryptoKeyVersions.useToEncrypt' denied on resource '"
            + KEY
            + "'";
    world.images.refuse(new OperationFailed("kmsPermissionDenied", words, 400));

    DeploymentRecord record = deploy(world.upload("site-2.tar.gz", Kind.SPARSE), ALL);

    assertRefused(record, Stage.MISCONFIGURED, "key-refused", words);
    assertThat(record.verdict().nextStep())
        .contains("roles/cloudkms.cryptoKeyEncrypterDecrypter", "compute-system");
  }

  @Test
  void thePlanShowsThem() throws Exception {
    DeploymentRecord record = deploy(world.upload("plan/site-2.tar.gz", Kind.SPARSE), ALL);

    assertThat(record.stage()).isEqualTo(Stage.PLANNED);
    assertThat(Objects.requireNonNull(record.plan()).create().get(0).image()).isEqualTo(ALL);
    assertThat(deploy(world.upload("plan/site-3.tar.gz", Kind.UEFI), NONE).verdict().code())
        .isEqualTo("cannot-boot");
  }

  private Upload upload(String object, SimulatedDisk disk) {
    return world.upload(object, disk);
  }

  private void template(String feature, @Nullable String architecture, String type) {
    String said = feature.isEmpty() ? "" : feature + ",";
    String parameters = architecture == null ? "" : "\"architecture\": " + architecture + ",";
    world.templates.put(
        FakeWorld.FIRST,
        "{\"properties\": {\"machineType\": \""
            + type
            + "\", \"disks\": [{\"boot\": true, "
            + said
            + "\"initializeParams\": {"
            + parameters
            + "\"sourceImage\": \"global/images/site-1\"}}]}}");
  }

  private void machines(String type, String properties) {
    world.templates.put(
        FakeWorld.FIRST,
        "{\"properties\": {\"machineType\": \"zones/us-west1-a/machineTypes/"
            + type
            + "\", "
            + properties
            + "\"disks\": [{\"boot\": true,"
            + " \"initializeParams\": {\"sourceImage\": \"global/images/site-1\"}}]}}");
  }

  private void assertRefused(DeploymentRecord record, Stage stage, String code, String told) {
    assertThat(record.verdict().message()).contains(told);
    assertThat(record.verdict().code()).isEqualTo(code);
    assertThat(record.stage()).isEqualTo(stage);
    assertThat(record.image()).isNull();
    assertThat(world.images.names()).isEmpty();
    assertThat(world.group.patches()).isEmpty();
  }

  private DeploymentRecord deploy(Upload upload, ImageSettings settings) throws Exception {
    return deploy(upload, new SiteTarget().image(settings));
  }

  private DeploymentRecord deploy(Upload upload, SiteTarget target) throws Exception {
    Intakes.of(world, target.settings(), Duration.ofHours(1)).take(upload);
    return world.records.record(upload);
  }

  private static String nameOf(DeploymentRecord record) {
    return Objects.requireNonNull(record.image(), () -> record.verdict().toString()).name().value();
  }

  private ImageSettings imageOf(DeploymentRecord record) {
    return world.images.find(nameOf(record)).orElseThrow().settings();
  }

  private JsonObject templateOf(DeploymentRecord record) {
    return world.templates.find(record.groups().get(0).newTemplate()).orElseThrow().json();
  }

  private static JsonObject boot(JsonObject template) {
    return template.getAsJsonObject("properties").getAsJsonArray("disks").get(0).getAsJsonObject();
  }
}
