package infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import localcloud.judges.Program;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The variables alone, which need no provider: what is refused, and with which words. */
class InfraVariablesTest {
  @TempDir Path home;
  private Terraform terraform;

  @BeforeEach
  void variables() throws Exception {
    terraform = new Terraform(home, "");
    try (var files = Files.list(terraform.folder())) {
      for (Path file : files.filter(one -> !one.endsWith("variables.tf")).toList()) {
        Files.delete(file);
      }
    }
    terraform.succeed("init", "-input=false");
  }

  @ParameterizedTest
  @ValueSource(strings = {"zonal", "regional"})
  void takesTheExamples(String example) throws Exception {
    Program.Result plan = plan(example);
    assertThat(plan.status()).as(plan.all()).isZero();
    assertThat(plan.all()).doesNotContain("undeclared variable");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "project=My Project | not its name or number",
        "name=Mir | a letter first",
        "name=a-name-of-25-characters-x | 3 to 24 characters",
        "name=ab | 3 to 24 characters",
        "name=gcp-site | neither with gcp-",
        "name=google-like | nor with goog",
        "bucket=a.b | 3 to 54 characters",
        "bucket=a-name-of-55-characters-------------------------------x | 3 to 54 characters",
        "bucket=my-google | without google",
        "location=europe | gcloud compute zones list",
        "zones=0 | Count the group's zones",
        "rollout={max_surge=\"many\"} | Give sizes as",
        "rollout={canary={size=\"10 %\",soak_seconds=1}} | Give sizes as",
        "rollout={max_surge=\"0\"} | set max_unavailable",
        "rollout={max_surge=\"0%\",max_unavailable=\"0\"} | set max_unavailable",
        "rollout={keep=0} | 1 to 100",
        "rollout={signing_keys=[\"-----BEGIN EC PRIVATE KEY-----\"]} | A private key stays",
        "rollout={signing_keys=[null]} | Give signing_keys as PEM",
        "machine={port=0} | TCP port",
        "machine={type=\"zones/a/machineTypes/b\"} | bare name",
        "health={path=\"healthz\"} | slash",
        "health={startup_seconds=4000} | 0 to 3600",
        "autoscaling={min=0} | at least 1",
        "autoscaling={min=5,max=4} | at least min",
        "autoscaling={cpu=60} | such as 0.6",
        "draining_seconds=0 | longest request",
        "domain=https://www.example.com/ | without https://",
        "function={runtime=\"java11\"} | java25, java21 or java17",
        "alert_emails=[] | at least one e-mail address",
        "alert_emails=[\"me\"] | at least one e-mail address",
        "circleci={organization=\"mirage\",project=\"riseos\"} | Copy both UUIDs",
        "labels={Team=\"a\"} | lower-case",
      })
  void tellsTheNextStep(String variable, String said) throws Exception {
    Program.Result plan = plan("zonal", variable);
    assertThat(plan.status()).isEqualTo(1);
    assertThat(sentences(plan)).contains(said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"max_surge=\"2\"", "max_unavailable=\"1\""})
  void refusesSizesThatARegionalGroupCannotHave(String size) throws Exception {
    Program.Result plan = plan("regional", "rollout={" + size + "}");
    assertThat(plan.status()).isEqualTo(1);
    assertThat(sentences(plan)).contains("at least one for each zone");
    assertThat(plan("regional", "zones=1", "rollout={" + size + "}").status()).isZero();
  }

  @Test
  void takesWhatIsGivenInFull() throws Exception {
    Program.Result plan =
        plan(
            "regional",
            "name=a-name-of-24-characters",
            "domain=www.example.com",
            "circleci={organization=\"0f8fad5b-d9cb-469f-a165-70867728950e\","
                + "project=\"7c9e6679-7425-40de-944b-e07fc1f90ae7\"}",
            "rollout={max_surge=\"10%\",keep=3,canary={size=\"1\",soak_seconds=60}}");
    assertThat(plan.status()).as(plan.all()).isZero();
  }

  /** What it says, without the breaks at the end of its lines. */
  private static String sentences(Program.Result plan) {
    return plan.errors().replaceAll("[\\s│╷╵]+", " ");
  }

  private Program.Result plan(String example, String... variables) throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of(
                "-input=false",
                "-no-color",
                "-var-file=" + Terraform.infra().resolve("examples/" + example + ".tfvars")));
    for (String variable : variables) {
      words.add("-var=" + variable);
    }
    return terraform.run("plan", words.toArray(String[]::new));
  }
}
