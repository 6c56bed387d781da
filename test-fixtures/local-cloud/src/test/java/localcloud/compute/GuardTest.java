package localcloud.compute;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import localcloud.access.Access;
import localcloud.access.Caller;
import localcloud.access.Grants;
import localcloud.access.Permissions;
import localcloud.clock.ManualClock;
import localcloud.machines.SimulatedMachines;
import localcloud.world.Site;
import localcloud.world.World;
import localcloud.world.images.Disks;
import localcloud.world.operations.Pace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compute Engine's refusals of callers who lack a permission. */
class GuardTest {
  private static final String HOME = "/compute/v1/projects/demo/";
  private static final String GROUPS = "zones/us-west1-a/instanceGroupManagers";
  private static final String TEMPLATE =
      """
      {"name": "t", "properties": {"machineType": "f1-micro",
        "metadata": {"items": [{"key": "a", "value": "b"}]},
        "serviceAccounts": [{"email": "vm@demo.iam.gserviceaccount.com"}],
        "tags": {"items": ["web"]}, "labels": {"a": "b"},
        "networkInterfaces": [{"network": "global/networks/default",
          "accessConfigs": [{"type": "ONE_TO_ONE_NAT"}]}],
        "disks": [{"boot": true, "initializeParams": {"sourceImage": "global/images/i"}}]}}
      """;
  private static final String GROUP =
      """
      {"name": "g", "baseInstanceName": "g", "targetSize": 0,
        "versions": [{"instanceTemplate": "global/instanceTemplates/t"}],
        "autoHealingPolicies": [{"healthCheck": "global/healthChecks/h"}]}
      """;

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-22T12:00:00Z"));
  private Disks disks;
  private ComputeApi api;

  @BeforeEach
  void prepare() throws Exception {
    disks = new Disks(folder);
    Site site = new Site("demo", clock, folder, disks, Runnable::run);
    api = new ComputeApi(new World(site, new SimulatedMachines(clock), Pace.usual()));
  }

  @Test
  void everyMethodHasItsRowInTheTable() {
    assertThat(api.methods())
        .filteredOn(one -> !Permissions.TABLE.methods().contains(one))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "GET,   global/images,                         compute.images.list,          ''",
    "GET,   global/images/x,                       compute.images.get,           /global/images/x",
    "GET,   global/images/family/f, compute.images.getFromFamily, /global/images/family/f",
    "POST,  global/images/x/deprecate,             compute.images.deprecate,     /global/images/x",
    "GET,   aggregated/instances,                  compute.instances.list,       ''",
    "POST,  zones/us-west1-a/instanceGroupManagers/g/listManagedInstances,"
        + " compute.instanceGroupManagers.get, /zones/us-west1-a/instanceGroupManagers/g",
    "PATCH, zones/us-west1-a/autoscalers?autoscaler=a,"
        + " compute.autoscalers.get, /zones/us-west1-a/autoscalers/a",
    "POST,  global/operations/o/wait, compute.globalOperations.get, /global/operations/o",
    "GET,   '',                                    compute.projects.get,         ''",
  })
  void aStrangerIsToldWhichPermissionIsMissingOnWhat(
      String verb, String path, String permission, String resource) {
    String url = path.isEmpty() ? HOME.substring(0, HOME.length() - 1) : HOME + path;
    String[] parts = url.split("[?=]", -1);
    Map<String, String> query = parts.length == 1 ? Map.of() : Map.of(parts[1], parts[2]);
    ApiAnswer answer = api.answer(new ApiCall(verb, parts[0], query, new byte[0], stranger()));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(error(answer).get("message").getAsString())
        .isEqualTo("Required '" + permission + "' permission for 'projects/demo" + resource + "'");
    assertThat(answer.json()).contains("\"reason\": \"forbidden\"");
  }

  @Test
  void anImageWithLabelsTakesOnePermissionMore() throws Exception {
    Caller maker = withPermissions("compute.images.create");
    String body = "{\"name\": \"x\", \"labels\": {\"a\": \"b\"}, \"rawDisk\": {\"source\": \"s\"}}";

    assertThat(message(call("POST", "global/images", body, maker)))
        .isEqualTo(
            "Required 'compute.images.setLabels' permission for"
                + " 'projects/demo/global/images/x'");
  }

  @Test
  void anOperationNamesWhoBeganIt() throws Exception {
    Caller ci = withPermissions("compute.images.create", "compute.globalOperations.get");
    String source = disks.uploadSimulated("x", "{\"version\":\"1\"}");
    String body = "{\"name\": \"x\", \"rawDisk\": {\"source\": \"" + source + "\"}}";

    String name =
        json(call("POST", "global/images", body, ci)).getAsJsonPrimitive("name").getAsString();
    clock.advance(Duration.ofSeconds(40));

    JsonObject done = json(call("GET", "global/operations/" + name, "", ci));
    assertThat(done.get("status").getAsString()).isEqualTo("DONE");
    assertThat(done.get("user").getAsString()).isEqualTo("ci@demo.iam.gserviceaccount.com");
    JsonObject owners =
        json(call("POST", "global/images", body.replace("\"x\"", "\"y\""), Caller.owner()));
    assertThat(owners.get("user").getAsString()).isEqualTo("owner@example.com");
  }

  @Test
  void aTarballThatTheCallerMayNotReadFailsTheOperation() throws Exception {
    Caller maker = withPermissions("compute.images.create", "compute.globalOperations.get");
    String source = disks.uploadSimulated("x", "{\"version\":\"1\"}");
    String body = "{\"name\": \"x\", \"rawDisk\": {\"source\": \"" + source + "\"}}";

    JsonObject started = json(call("POST", "global/images", body, maker));
    clock.advance(Duration.ofMinutes(5));
    String operation = "global/operations/" + started.get("name").getAsString();
    JsonObject ended = json(call("GET", operation, "", maker));

    assertThat(ended.get("status").getAsString()).isEqualTo("DONE");
    JsonObject error =
        ended.getAsJsonObject("error").getAsJsonArray("errors").get(0).getAsJsonObject();
    assertThat(error.get("code").getAsString()).isEqualTo("PERMISSIONS_ERROR");
    assertThat(error.get("message").getAsString())
        .isEqualTo("Required 'read' permission for 'x.tar.gz'");
    assertThat(call("GET", "global/images/x", "", Caller.owner()).status()).isEqualTo(404);
  }

  @Test
  void aTemplateThatNamesAServiceAccountTakesActAsOnIt() throws Exception {
    Caller maker = withPermissions("compute.instanceTemplates.create");

    ApiAnswer answer = call("POST", "global/instanceTemplates", TEMPLATE, maker);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(message(answer))
        .startsWith("The user does not have access to service account 'vm@demo.iam.");
  }

  @Test
  void aGroupWithATemplateTakesWhatItsInstancesTake() throws Exception {
    call("POST", "global/instanceTemplates", TEMPLATE, Caller.owner());
    String[][] asked = {
      {"compute.instanceGroupManagers.create", "/zones/us-west1-a/instanceGroupManagers/g"},
      {"compute.instanceTemplates.useReadOnly", "/global/instanceTemplates/t"},
      {"compute.instances.create", ""},
      {"compute.disks.create", ""},
      {"compute.instances.setMetadata", ""},
      {"compute.instances.setTags", ""},
      {"compute.instances.setLabels", ""},
      {"compute.images.useReadOnly", "/global/images/i"},
      {"compute.subnetworks.use", "/subnetworks/default"},
      {"compute.subnetworks.useExternalIp", "/subnetworks/default"},
      {"compute.healthChecks.useReadOnly", "/global/healthChecks/h"},
    };
    for (int had = 0; had < asked.length; had++) {
      String[] held = new String[had];
      for (int i = 0; i < had; i++) {
        held[i] = asked[i][0];
      }
      assertThat(message(call("POST", GROUPS, GROUP, withPermissions(held))))
          .isEqualTo(
              "Required '"
                  + asked[had][0]
                  + "' permission for 'projects/demo"
                  + asked[had][1]
                  + "'");
    }
  }

  private Caller stranger() {
    return Access.ownerOnly().caller("Bearer local-stranger");
  }

  private Caller withPermissions(String... permissions) throws Exception {
    Path roles = Files.createDirectories(folder.resolve("infra/roles"));
    String role = "title: t\ndescription: d\nstage: GA\nincludedPermissions: [";
    Files.writeString(roles.resolve("some.yaml"), role + String.join(", ", permissions) + "]\n");
    Files.writeString(
        folder.resolve("infra/bindings.yaml"), "- {member: ci, role: some, where: project}\n");
    Grants grants = Grants.read(folder.resolve("infra"), Map.of());
    return new Access("demo", () -> grants).caller("Bearer local-ci");
  }

  private ApiAnswer call(String verb, String path, String body, Caller caller) {
    return api.answer(new ApiCall(verb, HOME + path, Map.of(), body.getBytes(UTF_8), caller));
  }

  private static String message(ApiAnswer answer) {
    return error(answer).get("message").getAsString();
  }

  private static JsonObject error(ApiAnswer answer) {
    return json(answer).getAsJsonObject("error");
  }

  private static JsonObject json(ApiAnswer answer) {
    return JsonParser.parseString(answer.json()).getAsJsonObject();
  }
}
