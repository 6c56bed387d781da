package slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import infra.Terraform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import localcloud.cli.SeededCloud;
import localcloud.events.FinalizeEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.fault.Misconfigured;
import slipway.settings.Settings;
import tarballs.Kind;
import tarballs.SimulatedDisk;

/** What Terraform gives the function, the function takes. */
class TerraformSettingsTest {
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
      FinalizeEvent event =
          cloud.upload("mir-riseos-group-2.tar.gz", Kind.SPARSE, SimulatedDisk.healthy("2"));

      JsonObject record = new Deliveries(cloud, given).deploy(event);

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
            "rollout={max_surge=\"2\",max_unavailable=\"1\",soak_seconds=5,max_disk_gib=20,"
                + "progress_deadline_seconds=300,total_deadline_seconds=900}");

    Settings settings = Settings.read(given);

    assertThat(settings.buckets().uploads()).isEqualTo("mir-riseos");
    assertThat(given.get("TARGETS"))
        .contains("\"maxSurge\":\"2\"", "\"maxUnavailable\":\"1\"", "\"soakSeconds\":5")
        .contains("\"maxDiskGib\":20", "\"progressDeadlineSeconds\":300")
        .contains("\"totalDeadlineSeconds\":900", "instanceTemplates/mir-riseos-20261122");
  }

  @Test
  void aRegionalGroupIsNamedByItsRegion() throws Exception {
    assertThat(terraform.environment("regional").get("TARGETS"))
        .isEqualTo(
            "{\"mir-riseos\":{\"groups\":[\"projects/my-project/regions/us-west1/"
                + "instanceGroupManagers/mir-riseos\"],\"maxSurge\":\"3\","
                + "\"prefix\":\"mir-riseos-\",\"soakSeconds\":120}}");
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
