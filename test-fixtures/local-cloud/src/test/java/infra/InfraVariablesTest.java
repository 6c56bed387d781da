package infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import localcloud.judges.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The modules' variables alone, which need no provider: what is refused, and with which words. */
class InfraVariablesTest {
  private static final String SLIPWAY =
      """
      {"project": "my-project", "region": "us-west1", "bucket": "mir-riseos",
       "alert_emails": ["me@example.com"], "targets": {"site": {"prefix": "site-",
         "groups": ["projects/my-project/zones/us-west1-a/instanceGroupManagers/site"]}}}
      """;
  private static final String GROUP =
      """
      {"project": "my-project", "name": "site", "location": "us-west1-a"}
      """;

  @TempDir Path home;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "{'project': 'My Project'} | not its name or number",
        "{'name': 'Mir'} | a letter first",
        "{'name': 'a-name-of-25-characters-x'} | 3 to 24 characters",
        "{'name': 'ab'} | 3 to 24 characters",
        "{'name': 'gcp-site'} | neither with gcp-",
        "{'name': 'google-like'} | nor with goog",
        "{'bucket': 'a.b'} | 3 to 54 characters",
        "{'bucket': 'my-google'} | without google",
        "{'region': 'us-west1-a'} | gcloud compute regions list",
        "{'function': {'runtime': 'java11'}} | java25, java21 or java17",
        "{'alert_emails': []} | at least one e-mail address",
        "{'alert_emails': ['me']} | Give e-mail addresses",
        "{'notification_channels': ['slack']} | channels list",
        "{'operators': ['me@example.com']} | Name members as IAM does",
        "{'circleci': {'organization': 'mirage', 'project': 'riseos'}} | Copy both UUIDs",
        "{'machine_service_accounts': ['site']} | service-accounts list",
        "{'shared_subnetworks': ['edge']} | projects/HOST/regions/REGION",
        "{'kms_key': 'key'} | without a version",
        "{'labels': {'Team': 'a'}} | lower-case",
      })
  void slipwayTellsTheNextStep(String variable, String said) throws Exception {
    assertThat(refusal("modules/slipway", SLIPWAY, variable)).contains(said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "{'name': 'Mir'} | at most 24 characters",
        "{'name': 'a-name-of-25-characters-x'} | at most 24 characters",
        "{'location': 'europe'} | gcloud compute zones list",
        "{'machine': {'port': 0}} | TCP port",
        "{'machine': {'type': 'zones/a/machineTypes/b'}} | bare name",
        "{'machine': {'subnetwork': 'projects/p/regions/r/subnetworks/s'}} | Name the network",
        "{'machine': {'architecture': 'arm'}} | X86_64 or ARM64",
        "{'machine': {'nic_type': 'fast'}} | GVNIC",
        "{'machine': {'confidential': 'yes'}} | SEV_SNP",
        "{'machine': {'metadata': {'startup-script': 'true'}}} | into the uploaded disk",
        "{'health': {'path': 'healthz'}} | slash",
        "{'health': {'startup_seconds': 4000}} | 0 to 3600",
        "{'autoscaling': {'min': 0}} | at least 1",
        "{'autoscaling': {'min': 5, 'max': 4}} | at least min",
        "{'autoscaling': {'cpu': 60}} | such as 0.6",
        "{'draining_seconds': 0} | longest request",
        "{'domain': 'https://www.example.com/'} | without https://",
      })
  void groupTellsTheNextStep(String variable, String said) throws Exception {
    assertThat(refusal("modules/group", GROUP, variable)).contains(said);
  }

  @Test
  void takesWhatIsGivenInFull() throws Exception {
    Map<String, Object> given =
        with(
            SLIPWAY,
            """
            {"name": "a-name-of-24-characters", "notification_channels":
               ["projects/my-project/notificationChannels/1"], "alert_emails": [],
             "operators": ["user:me@example.com", "group:on-call@example.com"],
             "circleci": {"organization": "0f8fad5b-d9cb-469f-a165-70867728950e",
               "project": "7c9e6679-7425-40de-944b-e07fc1f90ae7"},
             "kms_key": "projects/p/locations/us-west1/keyRings/r/cryptoKeys/k"}
            """);
    Program.Result plan = only("modules/slipway").plan(given);
    assertThat(plan.status()).as(plan.all()).isEqualTo(2);
  }

  private Terraform only(String module) throws Exception {
    return new Terraform(home, module).only("variables.tf", "settings.tf");
  }

  /** What it says, without the breaks at the end of its lines. */
  private String refusal(String module, String standard, String variable) throws Exception {
    Program.Result plan = only(module).plan(with(standard, variable.replace('\'', '"')));
    assertThat(plan.status()).as(plan.all()).isEqualTo(1);
    return plan.errors().replaceAll("[\\s│╷╵]+", " ");
  }

  @SuppressWarnings("unchecked") // A JSON object's keys are texts.
  private static Map<String, Object> with(String standard, String variable) {
    JsonObject all = JsonParser.parseString(standard).getAsJsonObject();
    JsonParser.parseString(variable).getAsJsonObject().asMap().forEach(all::add);
    return new TreeMap<String, Object>(new Gson().fromJson(all, Map.class));
  }
}
