package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import localcloud.cli.SeededCloud;
import localcloud.events.FinalizeEvent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tarballs.Kind;
import tarballs.SimulatedDisk;

/** The function with Google's clients and images for machines of several kinds, over HTTP. */
class MachineNeedsTest {
  private static final String GROUPS = "zones/us-west1-a/instanceGroupManagers";
  private static final String ARM =
      "{\"architecture\": \"ARM64\", \"guestOsFeatures\": [\"GVNIC\"]}";
  private static final String KEY = "projects/demo/locations/us-west1/keyRings/r/cryptoKeys/k";

  @TempDir Path folder;
  private SeededCloud cloud;
  private int uploads = 1;

  @BeforeEach
  void start() throws Exception {
    cloud = new SeededCloud(folder);
  }

  @AfterEach
  void everyRouteThatWasAskedForIsThere() {
    cloud.close();
    assertThat(cloud.unknownRoutes()).isEmpty();
  }

  @Test
  void armAndX86LiveInOneCloudAndEachBootsItsOwn() throws Exception {
    arms();

    JsonObject arm = deploy("arm", Kind.UEFI_ARM64, "{}");
    JsonObject x86 = deploy("mir-riseos", Kind.SPARSE, "{}");

    assertThat(text(arm, "stage")).as(arm.toString()).isEqualTo("deployed");
    assertThat(text(x86, "stage")).as(x86.toString()).isEqualTo("deployed");
    assertThat(imageOf(arm).get("architecture").getAsString()).isEqualTo("ARM64");
    assertThat(cloud.instances(GROUPS + "/arm")).hasSize(2);
    int images = images();

    JsonObject wrong = deploy("arm", Kind.SPARSE, "{}");
    JsonObject other = deploy("mir-riseos", Kind.UEFI_ARM64, "{}");

    assertRefused(wrong, "rejected", "cannot-boot", "one for ARM64, as t2a-standard-1 of arm is");
    assertRefused(other, "rejected", "cannot-boot", "found one for ARM64.");
    assertThat(text(other.getAsJsonObject("verdict"), "message"))
        .contains("one for X86_64, as f1-micro of mir-riseos-group is")
        .contains("boot by BIOS, or UEFI_COMPATIBLE");
    assertThat(images()).isEqualTo(images);
  }

  @Test
  void aDiskOfUefiAloneNeedsItsGuestFeature() throws Exception {
    JsonObject refused = deploy("mir-riseos", Kind.UEFI, "{}");

    assertRefused(refused, "rejected", "cannot-boot", "so it boots by UEFI alone");
    assertThat(images()).isEqualTo(1);

    String uefi = "{\"guestOsFeatures\": [\"UEFI_COMPATIBLE\"]}";
    JsonObject record = deploy("mir-riseos", Kind.UEFI, uefi);

    assertThat(text(record, "stage")).as(record.toString()).isEqualTo("deployed");
    assertThat(imageOf(record).get("guestOsFeatures"))
        .hasToString("[{\"type\":\"UEFI_COMPATIBLE\"}]");
    String template = text(record.getAsJsonArray("groups").get(0).getAsJsonObject(), "newTemplate");
    assertThat(disk(cloud.compute(template.substring("projects/demo/".length()))))
        .contains("\"guestOsFeatures\":[{\"type\":\"UEFI_COMPATIBLE\"}]");

    JsonObject next = deploy("mir-riseos", Kind.UEFI, "{}");
    assertThat(text(next, "stage")).as("the group stays one of UEFI").isEqualTo("deployed");
    JsonObject bios = deploy("mir-riseos", Kind.SPARSE, "{}");
    assertThat(text(bios, "stage")).as("UEFI finds nothing on it").isEqualTo("rolled-back");
  }

  @Test
  void aMachineThatNeedsGvnicGetsAnImageThatHasIt() throws Exception {
    group("fast", "c3-standard-4", "{\"name\": \"fast-1\"}", Kind.SPARSE);

    assertRefused(
        deploy("fast", Kind.SPARSE, "{}"),
        "misconfigured",
        "cannot-boot",
        "image.guestOsFeatures of fast: expected GVNIC, since c3-standard-4 has gVNIC alone");
    JsonObject record = deploy("fast", Kind.SPARSE, "{\"guestOsFeatures\": [\"GVNIC\"]}");
    assertThat(text(record, "stage")).as(record.toString()).isEqualTo("deployed");
  }

  @Test
  void aKeyThatTheAgentMayNotUseAndAPolicyAreTheOperators() throws Exception {
    String key =
        "Cloud KMS error when using key "
            + KEY
            + ": Permission cloudkms.cryptoKeyVersions.useToEncrypt denied on resource";
    strike(400, "kmsPermissionDenied", key);
    String image = "{\"kmsKeyName\": \"" + KEY + "\", \"storageLocations\": [\"us-west1\"]}";

    JsonObject refused = deploy("mir-riseos", Kind.SPARSE, image);

    assertRefused(refused, "misconfigured", "key-refused", key);
    assertThat(text(refused.getAsJsonObject("verdict"), "nextStep")).contains("compute-system");
    String location =
        "Location us violates constraint constraints/gcp.resourceLocations on the resource"
            + " projects/demo/global/images/i";
    strike(412, "conditionNotMet", location);
    assertRefused(
        deploy("mir-riseos", Kind.SPARSE, "{}"), "misconfigured", "policy-forbids", location);
    cloud.calm();

    JsonObject record = deploy("mir-riseos", Kind.SPARSE, image);

    assertThat(text(record, "stage")).as(record.toString()).isEqualTo("deployed");
    assertThat(imageOf(record).get("storageLocations")).hasToString("[\"us-west1\"]");
    assertThat(imageOf(record).getAsJsonObject("imageEncryptionKey").get("kmsKeyName"))
        .hasToString("\"" + KEY + "/cryptoKeyVersions/1\"");
  }

  @Test
  void anImageForAnotherMachineMakesNone() throws Exception {
    cloud.create("global/images", image("odd", Kind.SPARSE, "\"architecture\": \"ARM64\""));
    cloud.create("global/instanceTemplates", template("odd", "e2-micro"));
    cloud.create(GROUPS, sized("odd", 1));

    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(cloud.instances(GROUPS + "/odd").toString())
                    .contains(
                        "Invalid resource usage: 'Requested boot disk architecture (ARM64) is not"
                            + " compatible with machine type architecture (X86_64).'"));
  }

  private void strike(int status, String reason, String message) throws Exception {
    cloud.strike(
        "{'rules':[{'on':'call','method':'Images.Insert','do':'refuse','status':"
            + status
            + ",'reason':'"
            + reason
            + "','message':'"
            + message
            + "'}]}");
  }

  private void arms() throws Exception {
    group("arm", "t2a-standard-1", "{\"architecture\": \"ARM64\"}", Kind.UEFI_ARM64);
  }

  /** Makes a group of two that serves its first version. */
  private void group(String name, String machineType, String said, Kind kind) throws Exception {
    String more = said.substring(1, said.length() - 1).replaceFirst("\"name\".*", "");
    cloud.create("global/images", image(name, kind, more));
    cloud.create("global/instanceTemplates", template(name, machineType));
    cloud.create(GROUPS, sized(name, 2));
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () ->
                cloud
                    .compute(GROUPS + "/" + name)
                    .getAsJsonObject("status")
                    .get("isStable")
                    .getAsBoolean());
  }

  private String image(String name, Kind kind, String more) throws Exception {
    String url = cloud.put(name + "-1.tar.gz", kind, SimulatedDisk.healthy("1"));
    return "{\"name\": \""
        + name
        + "-1\", \"rawDisk\": {\"source\": \""
        + url
        + "\"}"
        + (more.isEmpty() ? "" : ", " + more)
        + "}";
  }

  private static String template(String name, String machineType) {
    return """
        {"name": "NAME-1", "properties": {"machineType": "TYPE",
          "networkInterfaces": [{"network": "global/networks/default"}],
          "disks": [{"boot": true, "initializeParams": {"sourceImage": "global/images/NAME-1"}}]}}
        """
        .replace("NAME", name)
        .replace("TYPE", machineType);
  }

  private static String sized(String name, int size) {
    return """
        {"name": "NAME", "instanceTemplate": "global/instanceTemplates/NAME-1", "targetSize": SIZE,
         "autoHealingPolicies": [{"initialDelaySec": 60,
           "healthCheck": "projects/demo/global/healthChecks/mir-riseos-health"}]}
        """
        .replace("NAME", name)
        .replace("SIZE", Integer.toString(size));
  }

  /** To the group and target of this name. */
  private JsonObject deploy(String name, Kind kind, String image) throws Exception {
    SimulatedDisk disk = SimulatedDisk.healthy(Integer.toString(++uploads));
    FinalizeEvent event = cloud.upload(name + "-" + uploads + ".tar.gz", kind, disk);
    String group = name.equals("mir-riseos") ? "mir-riseos-group" : name;
    String said = name.equals("arm") && image.equals("{}") ? ARM : image;
    String targets =
        """
        {"NAME": {"prefix": "NAME-", "soakSeconds": 20, "progressDeadlineSeconds": 300,
          "groups": ["projects/demo/zones/us-west1-a/instanceGroupManagers/GROUP"],
          "image": IMAGE}}
        """
            .replace("NAME", name)
            .replace("GROUP", group)
            .replace("IMAGE", said);
    return new Deliveries(cloud, Map.of("TARGETS", targets)).deploy(event);
  }

  private static void assertRefused(JsonObject record, String stage, String code, String told) {
    JsonObject verdict = record.getAsJsonObject("verdict");
    assertThat(text(verdict, "message")).contains(told);
    assertThat(text(verdict, "code")).isEqualTo(code);
    assertThat(text(record, "stage")).isEqualTo(stage);
    assertThat(record.get("image").isJsonNull()).isTrue();
  }

  private JsonObject imageOf(JsonObject record) throws Exception {
    return cloud.compute("global/images/" + text(record.getAsJsonObject("image"), "name"));
  }

  private int images() throws Exception {
    return cloud.compute("global/images").getAsJsonArray("items").size();
  }

  private static String disk(JsonObject template) {
    return template.getAsJsonObject("properties").getAsJsonArray("disks").get(0).toString();
  }

  private static String text(JsonObject object, String key) {
    return object.get(key).getAsString();
  }
}
