package slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import infra.Terraform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import localcloud.cli.SeededCloud;
import localcloud.events.FinalizeEvent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.fault.Misconfigured;
import slipway.settings.Settings;
import tarballs.Kind;
import tarballs.SimulatedDisk;

/** What Terraform gives the function, the function takes. */
class TerraformSettingsTest {
  private static final String REGIONAL = "regions/us-west1/instanceGroupManagers";

  @TempDir Path folder;
  private Terraform terraform;

  @BeforeEach
  void settings() throws Exception {
    terraform = new Terraform(Files.createDirectory(folder.resolve("terraform")), "settings");
  }

  @Test
  void aZonalGroupIsDeployedWithThem() throws Exception {
    Map<String, String> given =
        terraform.environment("zonal", "project=demo", "name=mir-riseos-group");
    try (SeededCloud cloud = new SeededCloud(folder.resolve("cloud"))) {
      JsonObject record = deploy(cloud, given, "mir-riseos-group-2.tar.gz");

      assertThat(record.get("stage").getAsString()).isEqualTo("deployed");
      assertThat(cloud.running()).hasSize(3).doesNotContain("mir-riseos-1");
    }
  }

  @Test
  void everySettingReachesTheFunctionUnderItsName() throws Exception {
    Map<String, String> given =
        terraform.environment(
            "zonal",
            "base_template=projects/my-project/global/instanceTemplates/mir-riseos-20261122",
            "rollout={max_surge=\"2\",max_unavailable=\"1\",soak_seconds=5,max_disk_gib=20,keep=3,"
                + ("signing_keys=[" + new JsonPrimitive(publicKey()) + "],")
                + "canary={size=\"2\",soak_seconds=90},"
                + "progress_deadline_seconds=300,total_deadline_seconds=900}");

    Settings settings = Settings.read(given);

    assertThat(settings.buckets().uploads()).isEqualTo("mir-riseos");
    assertThat(given.get("TARGETS"))
        .contains("\"maxSurge\":\"2\"", "\"maxUnavailable\":\"1\"", "\"soakSeconds\":5")
        .contains("\"canary\":{\"size\":\"2\",\"soakSeconds\":90}")
        .contains("\"maxDiskGib\":20", "\"keep\":3", "\"progressDeadlineSeconds\":300")
        .contains("\"totalDeadlineSeconds\":900", "instanceTemplates/mir-riseos-20261122");
    assertThat(settings.targets().all())
        .singleElement()
        .satisfies(target -> assertThat(target.signingKeys()).hasSize(1));
  }

  private static String publicKey() throws GeneralSecurityException {
    KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
    keys.initialize(new ECGenParameterSpec("secp256r1"));
    String base64 =
        Base64.getMimeEncoder().encodeToString(keys.generateKeyPair().getPublic().getEncoded());
    return "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";
  }

  /**
   * As the example has it, and with nothing said of the rollout: then the surge must fit the zones.
   */
  @ParameterizedTest
  @ValueSource(strings = {"rollout={soak_seconds=120}", "rollout={}"})
  void aRegionalGroupIsDeployedWithThem(String rollout) throws Exception {
    Map<String, String> given =
        terraform.environment("regional", "project=demo", "name=over-zones", rollout);
    try (SeededCloud cloud = new SeededCloud(folder.resolve("cloud"))) {
      cloud.create(
          REGIONAL,
          """
          {"name": "over-zones", "baseInstanceName": "site", "targetSize": 3,
           "instanceTemplate": "projects/demo/global/instanceTemplates/mir-riseos-1",
           "autoHealingPolicies": [{"initialDelaySec": 60,
             "healthCheck": "projects/demo/global/healthChecks/mir-riseos-health"}]}
          """);
      Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> isStable(cloud));

      JsonObject record = deploy(cloud, given, "over-zones-2.tar.gz");

      assertThat(record.get("stage").getAsString()).as(record.toString()).isEqualTo("deployed");
      assertThat(cloud.instances(REGIONAL + "/over-zones"))
          .hasSize(3)
          .noneMatch(one -> one.getAsJsonObject("version").toString().contains("mir-riseos-1"));
    }
  }

  private static boolean isStable(SeededCloud cloud) throws Exception {
    JsonObject group = cloud.compute(REGIONAL + "/over-zones");
    return group.getAsJsonObject("status").get("isStable").getAsBoolean();
  }

  private static JsonObject deploy(SeededCloud cloud, Map<String, String> given, String object)
      throws Exception {
    FinalizeEvent event = cloud.upload(object, Kind.SPARSE, SimulatedDisk.healthy("2"));
    return new Deliveries(cloud, given).deploy(event);
  }

  @Test
  void aSettingThatTheFunctionDoesNotKnowIsFound() throws Exception {
    Map<String, String> given =
        terraform
            .plant("main.tf", "soakSeconds ", "soakingSeconds ")
            .environment("zonal", "rollout={soak_seconds=5}");
    assertThatThrownBy(() -> Settings.read(given))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("soakingSeconds");
  }

  @Test
  void aSettingThatTheFunctionRefusesIsFound() throws Exception {
    Map<String, String> given = terraform.environment("zonal", "rollout={max_surge=\"0\"}");
    assertThatThrownBy(() -> Settings.read(given))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("maxSurge and maxUnavailable not both 0");
  }
}
