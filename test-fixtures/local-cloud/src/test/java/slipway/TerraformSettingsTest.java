package slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import infra.Terraform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import localcloud.cli.SeededCloud;
import localcloud.judges.Program;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.fault.Misconfigured;
import slipway.settings.Settings;
import tarballs.Kind;
import tarballs.SimulatedDisk;

/**
 * What Terraform gives the function, the function takes; what the one refuses, so does the other.
 */
class TerraformSettingsTest {
  private static final String GROUP =
      "projects/my-project/zones/us-west1-a/instanceGroupManagers/site";
  private static final String SITE = "'site': {'prefix': 'site-', 'groups': ['" + GROUP + "']";

  @TempDir Path folder;
  private Terraform terraform;

  @BeforeEach
  void settings() throws Exception {
    terraform =
        new Terraform(Files.createDirectory(folder.resolve("terraform")), "modules/slipway")
            .only("variables.tf", "settings.tf");
  }

  private static JsonElement targets(String json) {
    return JsonParser.parseString(json.replace('\'', '"'));
  }

  private static Map<String, ?> variables(JsonElement targets) {
    return Map.of(
        "project", "my-project",
        "region", "us-west1",
        "bucket", "mir-riseos",
        "alert_emails", Set.of("me@example.com"),
        "targets", targets);
  }

  @Test
  void everySettingReachesTheFunctionUnderItsName() throws Exception {
    JsonElement given =
        targets(
            "{"
                + SITE
                + """
                , 'maxSurge': '2', 'maxUnavailable': '10%', 'steps': [{'size': '10%'}, {'size': '50%', 'soakSeconds': 172800}],
                'approval': {'required': true, 'withinSeconds': 604800},
                'soakSeconds': 5, 'progressDeadlineSeconds': 300, 'totalDeadlineSeconds': 900,
                'maxDiskGib': 20, 'keep': 3, 'unchecked': true, 'baseTemplate':
                'projects/my-project/regions/us-west1/instanceTemplates/site-1',
                'image': {'guestOsFeatures': ['UEFI_COMPATIBLE', 'NEW_ONE'], 'architecture': 'ARM64',
                'licenses': ['projects/vm-options/global/licenses/enable-vmx'],
                'storageLocations': ['us-west1'], 'labels': {'team': 'edge'},
                'kmsKeyName': 'projects/p/locations/us/keyRings/r/cryptoKeys/k'}}}
                """);
    JsonObject site = given.getAsJsonObject().getAsJsonObject("site");
    site.add("signingKeys", JsonParser.parseString("[]"));
    site.getAsJsonArray("signingKeys").add(publicKey());

    Map<String, String> environment = terraform.output("settings", variables(given));

    assertThat(JsonParser.parseString(environment.get("TARGETS"))).isEqualTo(given);
    Settings settings = Settings.read(environment);
    assertThat(settings.buckets())
        .isEqualTo(new Settings.Buckets("mir-riseos", "mir-riseos-records", "mir-riseos-private"));
    assertThat(settings.targets().all())
        .singleElement()
        .satisfies(target -> assertThat(target.signingKeys()).hasSize(1));
  }

  @Test
  void alarmsReachTheFunctionAndMakeItsSoaksLong() throws Exception {
    JsonElement given =
        targets(
            "{"
                + SITE
                + ", 'alarms': ['projects/my-project/alertPolicies/4711'],"
                + " 'canary': {'size': '0', 'soakSeconds': 60}}}");
    Settings settings = Settings.read(terraform.output("settings", variables(given)));
    assertThat(settings.targets().all().get(0).alarms())
        .singleElement()
        .hasToString("projects/my-project/alertPolicies/4711");
    assertThat(settings.targets().all().get(0).soaks().values())
        .containsExactly(Duration.ofSeconds(600));
  }

  @Test
  void whatIsNullHasTheFunctionsDefault() throws Exception {
    JsonElement given =
        targets("{" + SITE + ", 'keep': null, 'canary': null, 'image': {'architecture': null}}}");
    Settings settings = Settings.read(terraform.output("settings", variables(given)));
    assertThat(settings.targets().all().get(0).keep()).isEqualTo(5);
  }

  /** A group that somebody else made is taken over; nothing of it changes but its versions. */
  @Test
  void anExistingGroupIsLeftAsItIs() throws Exception {
    String path = "zones/us-west1-a/instanceGroupManagers/mir-riseos-group";
    JsonElement given =
        targets("{'site': {'prefix': 'site-', 'groups': ['projects/demo/" + path + "']}}");
    Map<String, String> environment = terraform.output("settings", variables(given));
    try (SeededCloud cloud = new SeededCloud(folder.resolve("cloud"))) {
      JsonObject before = owned(cloud.compute(path));

      JsonObject record =
          new Deliveries(cloud, Map.of("TARGETS", environment.get("TARGETS")))
              .deploy(cloud.upload("site-2.tar.gz", Kind.SPARSE, SimulatedDisk.healthy("2")));

      assertThat(record.get("stage").getAsString()).as(record.toString()).isEqualTo("deployed");
      assertThat(cloud.running()).hasSize(3).noneMatch("mir-riseos-1"::equals);
      assertThat(owned(cloud.compute(path))).isEqualTo(before);
    }
  }

  /** Without what the function owns, and what follows from it. */
  private static JsonObject owned(JsonObject group) {
    List.of("versions", "instanceTemplate", "updatePolicy", "fingerprint", "status")
        .forEach(group::remove);
    return group;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'Site': {'prefix': 'site-', 'groups': ['GROUP']}}",
        "{'a-name-that-has-thirty-six-characters': {'prefix': 'site-', 'groups': ['GROUP']}}",
        "{'site': {'groups': ['GROUP']}}",
        "{'site': {'prefix': 'plan/', 'groups': ['GROUP']}}",
        "{'site': {'prefix': 'handoff/a', 'groups': ['GROUP']}}",
        "{'site': {'prefix': 'site-'}}",
        "{'site': {'prefix': 'site-', 'groups': []}}",
        "{'site': {'prefix': 'site-', 'groups': ['site']}}",
        "{'site': {'prefix': 'site-', 'groups': ['https://example.com/GROUP']}}",
        "{SITE}, 'other': {'prefix': 'site-', 'groups': ['GROUP-2']}}",
        "{SITE}, 'other': {'prefix': 'other-', 'groups': ['GROUP']}}",
        "{SITE, 'soakingSeconds': 5}}",
        "{SITE, 'soakSeconds': 172801}}",
        "{SITE, 'soakSeconds': 'long'}}",
        "{SITE, 'soakSeconds': 1.5}}",
        "{SITE, 'keep': 0}}",
        "{SITE, 'maxDiskGib': 65}}",
        "{SITE, 'progressDeadlineSeconds': 9}}",
        "{SITE, 'totalDeadlineSeconds': 599}}",
        "{SITE, 'maxSurge': 'many'}}",
        "{SITE, 'maxSurge': '101%'}}",
        "{SITE, 'maxSurge': '1001'}}",
        "{SITE, 'maxUnavailable': '-1'}}",
        "{SITE, 'maxSurge': '0'}}",
        "{SITE, 'maxSurge': '0%', 'maxUnavailable': '0'}}",
        "{SITE, 'canary': 1}}",
        "{SITE, 'canary': {'size': '1 %'}}}",
        "{SITE, 'canary': {'size': '1', 'soakSeconds': -1}}}",
        "{SITE, 'canary': {'part': '1'}}}",
        "{SITE, 'canary': {'soakSeconds': 172801}}}",
        "{SITE, 'steps': 1}}",
        "{SITE, 'steps': [1]}}",
        "{SITE, 'steps': [{'soakSeconds': 5}]}}",
        "{SITE, 'steps': [{'size': '0'}]}}",
        "{SITE, 'steps': [{'size': '100%'}]}}",
        "{SITE, 'steps': [{'size': '1', 'soakSeconds': 172801}]}}",
        "{SITE, 'steps': [{'size': '1', 'soak': 1}]}}",
        "{SITE, 'steps': [{'size': '10%'}, {'size': '2'}, {'size': '9%'}]}}",
        "{SITE, 'steps': [{'size': 2}, {'size': 2}]}}",
        "{SITE, 'steps': [{'size': '2'}], 'canary': {'size': '1'}}}",
        "{SITE, 'approval': true}}",
        "{SITE, 'approval': {'required': 'yes'}}}",
        "{SITE, 'approval': {'withinSeconds': 59}}}",
        "{SITE, 'approval': {'withinSeconds': 604801}}}",
        "{SITE, 'approval': {'by': 'me'}}}",
        "{SITE, 'signingKeys': ['-----BEGIN EC PRIVATE KEY-----']}}",
        "{SITE, 'signingKeys': 'none'}}",
        "{SITE, 'alarms': 'projects/p/alertPolicies/1'}}",
        "{SITE, 'alarms': ['projects/p/alerts/1']}}",
        "{SITE, 'alarms': ['projects/p/alertPolicies/1', 'projects/7/alertPolicies/1']}}",
        "{SITE, 'alarms': ['projects/p/alertPolicies/1'], 'soakSeconds': 599}}",
        "{SITE, 'alarms': ['projects/p/alertPolicies/1'], 'canary': {'soakSeconds': 60}}}",
        "{SITE, 'alarms': ['projects/p/alertPolicies/1'], 'steps': [{'size': 1, 'soakSeconds': 60}]}}",
        "{SITE, 'unchecked': 'yes'}}",
        "{SITE, 'image': 'ARM64'}}",
        "{SITE, 'image': {'arch': 'ARM64'}}}",
        "{SITE, 'image': {'architecture': 'arm'}}}",
        "{SITE, 'image': {'guestOsFeatures': 'GVNIC'}}}",
        "{SITE, 'image': {'guestOsFeatures': ['gvnic']}}}",
        "{SITE, 'image': {'licenses': ['enable-vmx']}}}",
        "{SITE, 'image': {'storageLocations': ['us', 'eu']}}}",
        "{SITE, 'image': {'storageLocations': ['Oregon']}}}",
        "{SITE, 'image': {'kmsKeyName': 'k'}}}",
        "{SITE, 'image': {'storageLocations': ['us-west1'], 'kmsKeyName':"
            + " 'projects/p/locations/us-east1/keyRings/r/cryptoKeys/k'}}}",
        "{SITE, 'image': {'storageLocations': ['us'], 'kmsKeyName':"
            + " 'projects/p/locations/us-east1/keyRings/r/cryptoKeys/k'}}}",
        "{SITE, 'image': {'labels': {'Team': 'edge'}}}}",
        "{SITE, 'image': {'labels': {'slipway-target': 'a'}}}}",
        "{SITE, 'image': {'labels': {'team': 'The Edge'}}}}",
        "{SITE, 'image': {'labels': ['a']}}}",
        "{SITE, 'baseTemplate': 'site-1'}}",
        "{SITE, 'baseTemplate': 'projects/p/regions/us-east1/instanceTemplates/site-1'}}",
      })
  void bothRefuse(String json) throws Exception {
    JsonElement given = targets(json.replace("SITE", SITE).replace("GROUP", GROUP));

    Program.Result plan = terraform.plan(variables(given));

    assertThat(plan.status()).as(plan.all()).isEqualTo(1);
    assertThat(plan.errors()).contains("targets:");
    Map<String, String> environment =
        Map.of(
            "PROJECT", "my-project",
            "UPLOADS_BUCKET", "a",
            "RECORDS_BUCKET", "b",
            "PRIVATE_BUCKET", "c",
            "TARGETS", given.toString());
    assertThatThrownBy(() -> Settings.read(environment)).isInstanceOf(Misconfigured.class);
  }

  private static String publicKey() throws GeneralSecurityException {
    KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
    keys.initialize(new ECGenParameterSpec("secp256r1"));
    String base64 =
        Base64.getMimeEncoder().encodeToString(keys.generateKeyPair().getPublic().getEncoded());
    return "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";
  }
}
