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
  private record Fault(String file, String right, String wrong, String said) {}

  private static final List<Fault> FAULTS =
      List.of(
          new Fault("autoscaler.tf", "cooldown_period", "cool_down", "no argument \"cool_down\""),
          new Fault("alerts.tf", "auto_close", "auto_closes", "no argument \"auto_closes\""),
          new Fault("buckets.tf", "age = lifecycle", "days = lifecycle", "no argument \"days\""),
          new Fault("health.tf", "http_health_check {", "web_check {", "no argument \"web_check\""),
          new Fault("alerts.tf", "combiner              = \"OR\"", "", "argument \"combiner\""),
          new Fault(
              "sweep.tf",
              "role   = \"roles/storage.objectUser\"",
              "",
              "lacks the required argument"),
          new Fault("metrics.tf", "metric_kind = \"DELTA\"", "", "argument \"metric_kind\""),
          new Fault("group.tf", "var.machine.type", "var.machine.kind", "has no \"kind\""),
          new Fault("group.tf", "var.autoscaling.min", "var.size", "var.size is not declared"),
          new Fault("group.tf", "local.first_surge", "local.surge", "local.surge is not declared"),
          new Fault(
              "group.tf",
              "[version, update_policy, target_size]",
              "[versions]",
              "ignores changes of \"versions\""),
          new Fault(
              "balancer.tf",
              "google_compute_url_map.front.id",
              "google_compute_url_map.back.id",
              "google_compute_url_map.back is not declared"),
          new Fault(
              "function.tf",
              "google_service_account.build.id",
              "google_service_account.build.identity",
              "nothing to read called \"identity\""),
          new Fault(
              "function.tf",
              "module.settings.environment",
              "module.settings.variables",
              "no output \"variables\""),
          new Fault(
              "balancer.tf",
              "\"EXTERNAL_MANAGED\"",
              "\"OUTSIDE\"",
              "load_balancing_scheme \"OUTSIDE\""),
          new Fault("locals.tf", "base_template =", "base =", "has no variable \"base\""),
          new Fault(
              "locals.tf", "project       = var.project", "", "module.settings lacks \"project\""),
          new Fault(
              "firewall.tf",
              "\"google_compute_firewall\"",
              "\"google_compute_wall\"",
              "does not hold google_compute_wall"),
          new Fault("versions.tf", "6.50.0", "6.49.0", "run checks/schema.mjs"),
          new Fault(
              "outputs.tf",
              "description = \"Where the group serves.\"",
              "",
              "output address lacks"),
          new Fault(
              "variables.tf",
              "description = \"The Google Cloud project's id.\"",
              "",
              "variable project lacks"));

  @TempDir Path home;
  private Terraform copy;
  private Program check;

  @BeforeEach
  void aCopy() throws Exception {
    assumeTrue(
        Files.isDirectory(Terraform.infra().resolve("checks/node_modules")),
        "Skipped: infra/check has not been run yet, which installs what it needs");
    copy = new Terraform(home, "");
    Files.createDirectories(copy.folder().resolve("settings"));
    Terraform.copy(Terraform.infra().resolve("settings"), copy.folder().resolve("settings"));
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
    copy.plant("health.tf", "healthy_threshold   = 2", "healthy_threshold   =");
    Program.Result result = run();
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.all()).contains("health.tf", "Invalid expression");
  }

  @Test
  void findsWhatIsNotFormatted() throws Exception {
    copy.plant("health.tf", "healthy_threshold   = 2", "healthy_threshold = 2");
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

    Program.Result result = check.run(script, copy.folder().toString());

    assertThat(result.output())
        .contains("terraform validate did not run, since the providers cannot be had");
    assertThat(result.status()).as(result.all()).isZero();
  }

  private Program.Result run() throws Exception {
    String script = Terraform.infra().resolve("check").toString();
    return check.run(script, "--offline", copy.folder().toString());
  }
}
