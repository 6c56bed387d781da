package infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import localcloud.judges.Program;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code infra/check} in its offline form, and the faults that it must find. */
class InfraCheckTest {
  private static final String HEALTH = "modules/group/health.tf";

  private record Fault(String file, String right, String wrong, String said) {}

  private static final List<Fault> FAULTS =
      List.of(
          new Fault("modules/group/autoscaler.tf", "cooldown_period", "cool_down", "no argument"),
          new Fault(
              "modules/slipway/alerts.tf",
              "auto_close",
              "auto_closes",
              "no argument \"auto_closes\""),
          new Fault(
              "modules/slipway/buckets/main.tf",
              "age            = lifecycle",
              "days = lifecycle",
              "no argument \"days\""),
          new Fault(
              "modules/group/health.tf",
              "http_health_check {",
              "web_check {",
              "no argument \"web_check\""),
          new Fault(
              "modules/slipway/alerts.tf",
              "combiner              = \"OR\"",
              "",
              "required argument \"combiner\""),
          new Fault(
              "modules/slipway/metrics.tf",
              "metric_kind = \"DELTA\"",
              "",
              "argument \"metric_kind\""),
          new Fault(
              "modules/group/firewall.tf",
              "direction     = \"INGRESS\"",
              "self_link = \"x\"",
              "cannot be given \"self_link\""),
          new Fault(
              "modules/group/template.tf",
              "var.machine.type",
              "var.machine.kind",
              "has no \"kind\""),
          new Fault(
              "modules/group/group.tf",
              "var.autoscaling.min",
              "var.size",
              "var.size is not declared"),
          new Fault(
              "modules/group/template.tf",
              "local.network",
              "local.net",
              "local.net is not declared"),
          new Fault(
              "modules/group/group.tf",
              "[version, update_policy, target_size]",
              "[versions]",
              "ignores changes of \"versions\""),
          new Fault(
              "modules/group/balancer.tf",
              "google_compute_url_map.group.id",
              "google_compute_url_map.back.id",
              "google_compute_url_map.back is not declared"),
          new Fault(
              "modules/slipway/function.tf",
              "google_service_account.slipway[\"build\"].id",
              "google_service_account.slipway[\"build\"].identity",
              "nothing to read called \"identity\""),
          new Fault("outputs.tf", "module.group.address", "module.group.place", "no output"),
          new Fault("main.tf", "location         =", "place =", "has no variable \"place\""),
          new Fault(
              "main.tf",
              "bucket                = local.bucket",
              "",
              "module.slipway lacks \"bucket\""),
          new Fault(
              "modules/slipway/topics.tf",
              "\"google_pubsub_subscription\"",
              "\"google_pubsub_reader\"",
              "does not hold google_pubsub_reader"),
          new Fault(
              "modules/slipway/accounts.tf",
              "depends_on   = [google_project_service.used]",
              "",
              "google_service_account.slipway does not wait for google_project_service.used"),
          new Fault(
              "modules/slipway/project.tf",
              "    google_project_iam_member.agent,",
              "",
              "does not wait until google_project_iam_member.agent holds"),
          new Fault(
              "modules/group/balancer.tf",
              "labels  = var.labels",
              "",
              "google_compute_global_address.front takes labels"),
          new Fault(
              "modules/group/versions.tf",
              "terraform {",
              "provider \"google\" {}\nterraform {",
              "a module with a provider block"),
          new Fault("versions.tf", "7.45.0", "7.44.0", "run checks/schema.mjs"),
          new Fault(
              "examples/existing-group/main.tf",
              "description = \"Who is told by e-mail when somebody must act.\"",
              "",
              "variable alert_emails lacks"),
          new Fault(
              "outputs.tf", "description = \"Where the group serves.\"", "", "address lacks"));

  @TempDir Path home;
  private Terraform copy;
  private Program check;

  @BeforeEach
  void aCopy() throws Exception {
    assumeTrue(
        Files.isDirectory(Terraform.infra().resolve("checks/node_modules")),
        "Skipped: infra/check has not been run yet, which installs what it needs");
    copy = new Terraform(home, "");
    check = Program.named("bash", home);
  }

  @Test
  void holds() throws Exception {
    Program.Result result = run();
    assertThat(result.all()).contains("references hold against", "hashicorp/google");
    assertThat(result.status()).isZero();
  }

  /** In one copy and one run, which tells of all: each run takes a second or two. */
  @Test
  void findsWhatIsPlanted() throws Exception {
    for (Fault fault : FAULTS) {
      copy.plant(fault.file(), fault.right(), fault.wrong());
    }
    copy.succeed("fmt", "-recursive");
    Program.Result result = run();
    assertThat(result.status()).isEqualTo(1);
    for (Fault fault : FAULTS) {
      assertThat(result.errors().lines())
          .as(fault + " in " + result.errors())
          .anyMatch(line -> line.contains(fault.file()) && line.contains(fault.said()));
    }
  }

  @Test
  void findsWhatIsNoTerraform() throws Exception {
    copy.plant(HEALTH, "healthy_threshold   = 2", "healthy_threshold   =");
    Program.Result result = run();
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.all()).contains("health.tf", "Invalid expression");
  }

  @Test
  void findsWhatIsNotFormatted() throws Exception {
    copy.plant(HEALTH, "healthy_threshold   = 2", "healthy_threshold = 2");
    Program.Result result = run();
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.errors()).contains("health.tf", "terraform fmt -recursive infra");
  }

  /** Where terraform knows of no place to have them from, without asking the network. */
  @Test
  void saysThatTheProvidersCannotBeHad() throws Exception {
    Path nowhere = Files.createDirectory(home.resolve("nowhere"));
    Path settings =
        Files.writeString(
            home.resolve("terraformrc"),
            "provider_installation { filesystem_mirror { path = \"" + nowhere + "\" } }\n");
    String script = Terraform.infra().resolve("check").toString();
    check.with("TF_CLI_CONFIG_FILE", settings.toString());

    Program.Result result = check.run(script, copy.copy().toString());

    assertThat(result.output())
        .contains("terraform validate and test did not run, since " + Terraform.NO_PROVIDERS);
    assertThat(result.status()).as(result.all()).isZero();
  }

  private Program.Result run() throws Exception {
    String script = Terraform.infra().resolve("check").toString();
    return check.run(script, "--offline", copy.copy().toString());
  }
}
