package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import localcloud.cli.SeededCloud;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tarballs.Kind;
import tarballs.SimulatedDisk;

/** What Compute Engine refuses for good ends the deployment, in Google's words; no look does. */
class RefusedDeploymentTest {
  private static final String GROUP = "zones/us-west1-a/instanceGroupManagers/mir-riseos-group";
  private static final String SENTENCE =
      "Location us violates constraint constraints/gcp.resourceLocations on the resource"
          + " projects/demo";

  @TempDir Path folder;
  private SeededCloud cloud;

  @BeforeEach
  void start() throws Exception {
    cloud = new SeededCloud(folder);
  }

  @AfterEach
  void everyRouteThatWasAskedForIsThere() {
    cloud.close();
    assertThat(cloud.unknownRoutes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Images.Insert", "InstanceTemplates.Insert", "InstanceGroupManagers.Patch"})
  void aPolicyOfTheOrganisationEndsItAtTheRequest(String method) throws Exception {
    cloud.strike(
        "{'rules':[{'on':'call','caller':'local-function','method':'"
            + method
            + "','do':'refuse','status':412,'reason':'conditionNotMet','message':'"
            + SENTENCE
            + "'}]}");

    requireForbidden(deploy(Kind.SPARSE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"images.insert", "instanceTemplates.insert", "instanceGroupManagers.patch"})
  void aPolicyOfTheOrganisationEndsItInTheOperation(String method) throws Exception {
    cloud.strike(
        "{'rules':[{'on':'operation','method':'"
            + method
            + "','do':'fail','code':'CONDITION_NOT_MET','httpStatus':412,'message':'"
            + SENTENCE
            + "'}]}");

    requireForbidden(deploy(Kind.SPARSE));
  }

  @Test
  void oneLookThatIsRefusedSaysNothing() throws Exception {
    String look = "{'on':'call','caller':'local-function','method':'InstanceGroupManagers.";
    cloud.strike(
        "{'rules':["
            + look
            + "ListManagedInstances','nth':3,'do':'refuse','status':403,'reason':'forbidden',"
            + "'message':'Required permission'},"
            + look
            + "Get','nth':14,'do':'refuse','status':404,'reason':'notFound','message':'Gone'}]}");

    assertThat(text(deploy(Kind.SPARSE), "stage")).isEqualTo("deployed");

    assertThat(cloud.calm().getAsJsonArray("rules"))
        .allMatch(rule -> rule.getAsJsonObject().get("struck").getAsInt() == 1);
  }

  @Test
  void aBootDiskThatIsTooSmallIsFoundBeforeTheImageIsMade() throws Exception {
    JsonObject small = cloud.compute("global/instanceTemplates/mir-riseos-1");
    small.addProperty("name", "small");
    small
        .getAsJsonObject("properties")
        .getAsJsonArray("disks")
        .get(0)
        .getAsJsonObject()
        .getAsJsonObject("initializeParams")
        .addProperty("diskSizeGb", "4");
    cloud.create("global/instanceTemplates", small.toString());
    cloud.patch(
        GROUP, "{\"versions\": [{\"instanceTemplate\": \"global/instanceTemplates/small\"}]}");
    cloud.roll("small", 3);

    JsonObject verdict = deploy(Kind.SPARSE_10_GIB).getAsJsonObject("verdict");

    assertThat(text(verdict, "code")).isEqualTo("disk-too-small");
    assertThat(text(verdict, "message")).contains("instanceTemplates/small", "10", "4");
    assertThat(cloud.compute("global/images").getAsJsonArray("items")).hasSize(1);
  }

  private void requireForbidden(JsonObject record) throws Exception {
    assertThat(text(record, "stage")).as(record.toString()).isEqualTo("misconfigured");
    assertThat(text(record.getAsJsonObject("verdict"), "code")).isEqualTo("policy-forbids");
    assertThat(text(record.getAsJsonObject("verdict"), "message")).contains(SENTENCE);
    assertThat(cloud.running()).hasSize(3).containsOnly("mir-riseos-1");
  }

  private JsonObject deploy(Kind kind) throws Exception {
    return new Deliveries(cloud, Map.of())
        .deploy(cloud.upload("mir-riseos-2.tar.gz", kind, SimulatedDisk.healthy("2")));
  }

  private static String text(JsonObject object, String key) {
    return object.get(key).getAsString();
  }
}
