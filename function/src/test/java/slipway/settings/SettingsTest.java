package slipway.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.fault.Misconfigured;

class SettingsTest {
  private static final String GROUP =
      "projects/demo/zones/us-west1-a/instanceGroupManagers/mir-riseos-group";

  @Test
  void readsATargetAndFillsInTheDefaults() {
    Settings settings = Settings.read(environment(target("")));

    Target target = settings.targets().all().get(0);
    assertThat(target.name()).isEqualTo("mir-riseos");
    assertThat(target.prefix()).isEqualTo("mir-riseos-");
    assertThat(target.groups())
        .containsExactly(new GroupPath("demo", "zones/us-west1-a", "mir-riseos-group"));
    assertThat(target.groups().get(0)).hasToString(GROUP);
    assertThat(target.steps())
        .containsExactly(new Target.Step(new Size(1, false), Duration.ofSeconds(60)));
    assertThat(target.rolling())
        .isEqualTo(new Target.Rolling(new Size(1, false), new Size(0, false)));
    assertThat(target.deadlines())
        .isEqualTo(
            new Target.Deadlines(
                Duration.ofSeconds(60), Duration.ofSeconds(600), Duration.ofSeconds(7200)));
    assertThat(target.approval()).isEqualTo(new Target.Approval(false, Duration.ofDays(1)));
    assertThat(target.maxDiskGib()).isEqualTo(10);
    assertThat(target.keep()).isEqualTo(5);
    assertThat(target.signingKeys()).isEmpty();
    assertThat(target.baseTemplate()).isNull();
    assertThat(target.unchecked()).isFalse();
    assertThat(target.image()).isEqualTo(ImageSettings.NONE);
    assertThat(settings.call()).isEqualTo(Duration.ofSeconds(540));
    assertThat(settings.endpoints()).isEqualTo(new Settings.Endpoints("", "", "", ""));
  }

  @Test
  void readsEveryKeyOfATarget() {
    String more =
        """
        , "maxSurge": "20%", "maxUnavailable": 1, "soakSeconds": 0, "progressDeadlineSeconds": 60,
        "totalDeadlineSeconds": 120, "maxDiskGib": 64, "keep": 1, "unchecked": true,
        "approval": {"required": true, "withinSeconds": 600},
        "baseTemplate": "projects/demo/global/instanceTemplates/base",
        "image": {"guestOsFeatures": ["UEFI_COMPATIBLE", "GVNIC", "NEW_ONE"], "architecture": "ARM64",
          "licenses": ["projects/vm-options/global/licenses/enable-vmx"],
          "storageLocations": ["us-west1"], "labels": {"team": "edge"},
          "kmsKeyName": "projects/p/locations/us/keyRings/r/cryptoKeys/k"}
        """;
    Target target = Settings.read(environment(target(more))).targets().all().get(0);

    assertThat(target.rolling())
        .isEqualTo(new Target.Rolling(new Size(20, true), new Size(1, false)));
    assertThat(target.deadlines())
        .isEqualTo(
            new Target.Deadlines(Duration.ZERO, Duration.ofSeconds(60), Duration.ofSeconds(120)));
    assertThat(target.approval()).isEqualTo(new Target.Approval(true, Duration.ofMinutes(10)));
    assertThat(target.maxDiskGib()).isEqualTo(64);
    assertThat(target.keep()).isEqualTo(1);
    assertThat(String.valueOf(target.baseTemplate()))
        .isEqualTo("projects/demo/global/instanceTemplates/base");
    assertThat(target.unchecked()).isTrue();
    assertThat(target.image())
        .isEqualTo(
            new ImageSettings(
                List.of("GVNIC", "NEW_ONE", "UEFI_COMPATIBLE"),
                "ARM64",
                List.of("projects/vm-options/global/licenses/enable-vmx"),
                List.of("us-west1"),
                "projects/p/locations/us/keyRings/r/cryptoKeys/k",
                Map.of("team", "edge")));
    assertThat(target.image().unknownFeatures()).containsExactly("NEW_ONE");
  }

  @Test
  void stepsStandInPlaceOfACanaryWhichIsTheirShortForm() {
    assertThat(steps("\"steps\": [{\"size\": 1}, {\"size\": \"50%\", \"soakSeconds\": 172800}]"))
        .containsExactly(
            new Target.Step(new Size(1, false), Duration.ofSeconds(60)),
            new Target.Step(new Size(50, true), Duration.ofHours(48)));
    assertThat(steps("\"steps\": []")).isEmpty();
    assertThat(steps("\"canary\": {\"size\": \"20%\", \"soakSeconds\": 5}"))
        .isEqualTo(steps("\"steps\": [{\"size\": \"20%\", \"soakSeconds\": 5}]"));
  }

  private static List<Target.Step> steps(String entry) {
    return Settings.read(environment(target(", " + entry))).targets().all().get(0).steps();
  }

  @ParameterizedTest
  @CsvSource({"zones/us-west1-a, false", "regions/us-west1, true"})
  void aGroupMayBeZonalOrRegionalAndItsBaseTemplateOfItsRegion(String home, boolean regional) {
    String group = "projects/demo/" + home + "/instanceGroupManagers/g";
    TemplatePath template =
        new TemplatePath("projects/demo/regions/us-west1/instanceTemplates/base");
    String more = ", \"groups\": [\"" + group + "\"], \"baseTemplate\": \"" + template + "\"";
    Target target = Settings.read(environment(target(more))).targets().all().get(0);

    assertThat(target.groups().get(0)).hasToString(group);
    assertThat(target.groups().get(0).isRegional()).isEqualTo(regional);
    assertThat(target.baseTemplate()).isEqualTo(template);
  }

  @Test
  void aTokenIsForOtherEndpointsThanGooglesAlone() {
    Map<String, String> environment = environment(target(""));
    environment.put("ACCESS_TOKEN", "secret");
    environment.put("STORAGE_ENDPOINT", "http://127.0.0.1:8085");

    assertThatThrownBy(() -> Settings.read(environment))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("ACCESS_TOKEN: expected none unless STORAGE_ENDPOINT and COMPUTE_")
        .hasMessageNotContaining("secret");
    environment.put("COMPUTE_ENDPOINT", "http://127.0.0.1:8085");
    assertThat(Settings.read(environment).endpoints().token()).isEqualTo("secret");
  }

  @Test
  void alarmsMakeSoaksAtLeastAsLongAsMetricsAreLate() {
    String alarms = ", \"alarms\": [\"projects/demo/alertPolicies/1234567890\"]";
    Target target = Settings.read(environment(target(alarms))).targets().all().get(0);

    assertThat(target.alarms()).containsExactly(new AlertPolicyPath("demo", "1234567890"));
    assertThat(target.soaks().values()).containsOnly(Duration.ofSeconds(600));
    String shorter =
        alarms + ", \"soakSeconds\": 599, \"canary\": {\"size\": 1, \"soakSeconds\": 60}";
    assertThatThrownBy(() -> Settings.read(environment(target(shorter))))
        .hasMessageContaining("TARGETS, mir-riseos, soakSeconds: expected at least 600 with alarms")
        .hasMessageContaining("found 599.")
        .hasMessageContaining(
            "TARGETS, mir-riseos, steps[0] or canary, soakSeconds: expected at least 600")
        .hasMessageContaining("found 60.");
    String step = ", \"steps\": [{\"size\": 1}, {\"size\": 2, \"soakSeconds\": 599}]";
    assertThatThrownBy(() -> Settings.read(environment(target(alarms + step))))
        .hasMessageContaining("TARGETS, mir-riseos, steps[1], soakSeconds: expected at least 600")
        .hasMessageContaining("found 599.")
        .hasMessageNotContaining("steps[0]");
    String none = alarms + ", \"canary\": {\"size\": 0, \"soakSeconds\": 60}";
    assertThat(Settings.read(environment(target(none))).targets().all()).hasSize(1);
    String empty = ", \"alarms\": [], \"soakSeconds\": 5";
    assertThat(Settings.read(environment(target(empty))).targets().all()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"projects/demo/alertPolicies/1\" | alarms: expected a list, each projects/<project>/al",
        "[1] | alarms[0]: expected projects/<project>/alertPolicies/<number>, found 1.",
        "[\"projects/demo/alerts/1\"] | alarms[0]: expected projects/<project>/alertPolicies/",
        "[\"projects/d/alertPolicies/1\", \"projects/7/alertPolicies/1\"] | alarms[1]: expected each",
      })
  void tellsWhatIsNoAlertPolicy(String alarms, String told) {
    assertThatThrownBy(() -> Settings.read(environment(target(", \"alarms\": " + alarms))))
        .hasMessageContaining("TARGETS, mir-riseos, " + told);
  }

  @Test
  void tellsAllFaultsInOneMessage() {
    Map<String, String> environment = environment("{\"Mir\": {\"prefix\": \"\", \"surge\": 1}}");
    environment.remove("PROJECT");
    environment.put("CALL_SECONDS", "541");
    environment.put("RECORDS_BUCKET", "uploads");

    Misconfigured refused =
        catchThrowableOfType(Misconfigured.class, () -> Settings.read(environment));

    assertThat(refused.code()).isEqualTo("settings");
    assertThat(refused)
        .hasMessageContaining("PROJECT: expected a value, found nothing.")
        .hasMessageContaining("CALL_SECONDS: expected whole seconds from 120 to 540, found 541.")
        .hasMessageContaining("three buckets")
        .hasMessageContaining("TARGETS, Mir, prefix: expected")
        .hasMessageContaining("TARGETS, Mir, groups: expected")
        .hasMessageContaining(
            "TARGETS, Mir, surge: expected one of alarms, approval, baseTemplate, canary,")
        .hasMessageContaining("found Mir.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"maxSurge\": 0                                | maxSurge and maxUnavailable not both 0",
        "\"maxSurge\": \"101%\"                         | found \"101%\"",
        "\"maxUnavailable\": -1                         | found -1",
        "\"soakSeconds\": 172801                        | from 0 to 172800, found 172801",
        "\"steps\": 1                                   | steps: expected a list of at most 20",
        "\"steps\": null                                | steps: expected a list of at most 20",
        "\"steps\": [1]                                 | steps[0]: expected {\"size\": \"10%\", \"soak",
        "\"steps\": [{\"soakSeconds\": 5}]              | steps[0]: expected {\"size\": \"10%\", \"soak",
        "\"steps\": [{\"size\": 1}, {\"size\": 1}]      | steps[1], size: expected more than the 1 of",
        "\"steps\": [{\"size\": \"9%\"}, {\"size\": 4}, {\"size\": \"5%\"}] | than the 9% of a step",
        "\"steps\": [{\"size\": 0}]                     | steps[0], size: expected some instances",
        "\"steps\": [{\"size\": \"100%\"}]              | steps[0], size: expected some instances",
        "\"steps\": [{\"size\": 1, \"soak\": 1}]         | one of size, soakSeconds, found soak",
        "\"steps\": [{\"size\": \"many\"}]              | found \"many\"",
        "\"steps\": [], \"canary\": {\"size\": 1}        | either steps or canary, its short form, found",
        "\"maxDiskGib\": 0                              | from 1 to 64, found 0",
        "\"keep\": 0                                    | from 1 to 100, found 0",
        "\"totalDeadlineSeconds\": 100                  | at least progressDeadlineSeconds, 600",
        "\"unchecked\": \"yes\"                         | true or false, found \"yes\"",
        "\"baseTemplate\": \"base\"                     | regions/<region> for global, found base",
        "\"baseTemplate\": \"projects/p/regions/us-east1/instanceTemplates/t\" | a global template",
        "\"groups\": [\"" + GROUP + "\",\"" + GROUP + "\"] | each group once",
        "\"groups\": [\"projects/p/global/instanceGroupManagers/g\"] | regions/<region> instead, found",
        "\"groups\": []                               | a list of groups",
        "\"canary\": 1                                  | found 1",
        "\"canary\": {\"siz\": 1}                      | one of size, soakSeconds, found siz",
        "\"approval\": true                             | approval: expected {\"required\": true, \"within",
        "\"approval\": {\"required\": 1}                  | approval, required: expected true or false, found 1",
        "\"approval\": {\"withinSeconds\": 59}            | from 60 to 604800, found 59",
        "\"approval\": {\"by\": \"me\"}                   | one of required, withinSeconds, found by",
        "\"signingKeys\": \"pem\"                    | signingKeys: expected a list, each the PEM of",
        "\"signingKeys\": [1]                          | signingKeys[0]: expected the PEM of an ECDSA",
        "\"keepers\": 1                                 | found keepers",
        "\"image\": 1                        | image: expected an object with some of architecture",
        "\"image\": {\"arch\": 1}            | image.arch: expected one of architecture, guestOs",
        "\"image\": {\"architecture\": \"arm\"} | image.architecture: expected ARM64 or X86_64",
        "\"image\": {\"guestOsFeatures\": 1} | image.guestOsFeatures: expected a list: names in",
        "\"image\": {\"guestOsFeatures\": [\"gvnic\"]} | list of guest features, found \"gvnic\"",
        "\"image\": {\"licenses\": [\"enable-vmx\"]} | licenses/L, each, found \"enable-vmx\"",
        "\"image\": {\"storageLocations\": [\"Oregon\"]} | or us, eu, asia, found \"Oregon\"",
        "\"image\": {\"storageLocations\": [\"us\", \"eu\"]} | at most one, found [us, eu]",
        "\"image\": {\"kmsKeyName\": \"k\"} | projects/P/locations/L/keyRings/R/cryptoKeys/K",
        "\"image\": {\"labels\": [1]} | an object of at most 61 texts, found [1]",
        "\"image\": {\"labels\": {\"Team\": \"a\"}} | a letter first, and not slipway-, found Team",
        "\"image\": {\"labels\": {\"slipway-target\": \"a\"}} | not slipway-, found slipway-target",
        "\"image\": {\"labels\": {\"a\": \"A b\"}} | image.labels.a: expected at most 63",
      })
  void namesTheFaultyKey(String entry, String expected) {
    assertThatThrownBy(() -> Settings.read(environment(target(", " + entry))))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining(expected);
  }

  @Test
  void tellsAllFaultsOfAnImageAtOnce() {
    String image =
        ", \"image\": {\"architecture\": 1, \"licenses\": 2, \"labels\": {\"A\": \"b\"}}";
    assertThatThrownBy(() -> Settings.read(environment(target(image))))
        .hasMessageContaining("TARGETS, mir-riseos, image.architecture: expected")
        .hasMessageContaining("TARGETS, mir-riseos, image.licenses: expected")
        .hasMessageContaining("TARGETS, mir-riseos, image.labels: expected");
  }

  @ParameterizedTest
  @CsvSource({
    "us-west1, us-west1, true",
    "us-west1, us,       true",
    "us-west1, global,   true",
    "us-west1, us-east1, false",
    "us-west1, europe,   false",
    "us,       us,       true",
    "us,       us-west1, false",
    "us,       global,   true",
    "eu,       europe,   true",
    "eu,       europe-west1, false",
    "europe-west1, europe, true",
    "asia,     asia,     true"
  })
  void anImagesKeyIsWhereTheImageIs(String location, String key, boolean fits) {
    String name = "projects/p/locations/" + key + "/keyRings/r/cryptoKeys/k";
    String image =
        ", \"image\": {\"storageLocations\": [\"LOCATION\"], \"kmsKeyName\": \"KEY\"}"
            .replace("LOCATION", location)
            .replace("KEY", name);

    if (fits) {
      Settings settings = Settings.read(environment(target(image)));
      assertThat(settings.targets().all().get(0).image().kmsKeyName()).isEqualTo(name);
    } else {
      assertThatThrownBy(() -> Settings.read(environment(target(image))))
          .hasMessageContaining("a key that " + location + ", the storageLocations, can use")
          .hasMessageContaining(name);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "EC  | secp256r1 | PUBLIC KEY  |",
        "EC  | secp384r1 | PUBLIC KEY  | found a public key of another kind, or a damaged one",
        "RSA |           | PUBLIC KEY  | found a public key of another kind, or a damaged one",
        "EC  | secp256r1 | PRIVATE KEY | found PEM of a PRIVATE KEY",
        "EC  | secp256r1 | CERTIFICATE | found PEM of a CERTIFICATE",
        "EC  | secp256r1 |             | characters that is no PEM",
      })
  void aSigningKeyIsAPublicKeyOnP256(
      String kind, @Nullable String curve, @Nullable String label, @Nullable String found)
      throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
    if (curve != null) {
      generator.initialize(new ECGenParameterSpec(curve));
    }
    String base64 =
        Base64.getEncoder().encodeToString(generator.generateKeyPair().getPublic().getEncoded());
    String pem =
        label == null
            ? base64
            : "-----BEGIN " + label + "-----\\n" + base64 + "\\n-----END " + label + "-----";
    Map<String, String> environment = environment(target(", \"signingKeys\": [\"" + pem + "\"]"));

    if (found == null) {
      assertThat(Settings.read(environment).targets().all().get(0).signingKeys())
          .singleElement()
          .satisfies(key -> assertThat(key.fingerprint()).matches("sha256:[0-9a-f]{64}"));
    } else {
      assertThatThrownBy(() -> Settings.read(environment))
          .hasMessageContaining("TARGETS, mir-riseos, signingKeys[0]: expected the PEM of an ECDSA")
          .hasMessageContaining(found)
          .hasMessageNotContaining(base64);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"[]", "{\"a\": 1}", "not JSON{", "{}"})
  void refusesTargetsThatAreNoObjects(String targets) {
    assertThatThrownBy(() -> Settings.read(environment(targets)))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("TARGETS: expected");
  }

  @Test
  void refusesAGroupOrAPrefixInTwoTargets() {
    String one = "{\"prefix\": \"a-\", \"groups\": [\"" + GROUP + "\"]}";

    assertThatThrownBy(() -> Settings.read(environment("{\"a\": " + one + ", \"b\": " + one + "}")))
        .hasMessageContaining("each prefix once")
        .hasMessageContaining("each group once");
  }

  @Test
  void refusesATargetNamedTwice() {
    String one = "\"site\": {\"prefix\": \"site-\", \"groups\": [\"" + GROUP + "\"]}";

    assertThatThrownBy(() -> Settings.read(environment("{" + one + ", " + one + "}")))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("two targets of one name: Duplicate key 'site'");
  }

  @Test
  void refusesAGroupOfAnotherProject() {
    String other = "projects/other/zones/us-west1-a/instanceGroupManagers/g";

    assertThatThrownBy(
            () ->
                Settings.read(
                    environment(
                        "{\"site\": {\"prefix\": \"site-\", \"groups\": [\"" + other + "\"]}}")))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("groups of PROJECT demo")
        .hasMessageContaining(other);
  }

  @Test
  void refusesGroupsThatWouldGetOneTemplate() {
    String web = "projects/demo/zones/us-west1-a/instanceGroupManagers/web-";
    String groups = "[\"" + web + "628\", \"" + web + "1266\"]";

    assertThatThrownBy(
            () ->
                Settings.read(
                    environment("{\"site\": {\"prefix\": \"site-\", \"groups\": " + groups + "}}")))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("web-628")
        .hasMessageContaining("both of which get 4lu6");
  }

  @Test
  void theLongestPrefixWins() {
    String targets =
        """
        {"a": {"prefix": "a-", "groups": ["projects/demo/zones/z/instanceGroupManagers/a"]},
         "ab": {"prefix": "a-b-", "groups": ["projects/demo/zones/z/instanceGroupManagers/b"]}}
        """;
    Targets all = Settings.read(environment(targets)).targets();

    assertThat(all.forObject("a-b-1.tar.gz").map(Target::name)).contains("ab");
    assertThat(all.forObject("a-1.tar.gz").map(Target::name)).contains("a");
    assertThat(all.forObject("b-1.tar.gz")).isEmpty();
    assertThat(all.prefixes()).isEqualTo("\"a-\", \"a-b-\"");
  }

  private static String target(String more) {
    String last = more.contains("\"groups\"") ? "" : ", \"groups\": [\"" + GROUP + "\"]";
    return "{\"mir-riseos\": {\"prefix\": \"mir-riseos-\"" + last + more + "}}";
  }

  private static Map<String, String> environment(String targets) {
    return new HashMap<>(
        Map.of(
            "PROJECT", "demo",
            "UPLOADS_BUCKET", "uploads",
            "RECORDS_BUCKET", "records",
            "PRIVATE_BUCKET", "private",
            "TARGETS", targets));
  }
}
