package slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import localcloud.access.Access;
import localcloud.access.Grants;
import localcloud.cli.SeededCloud;
import localcloud.events.FinalizeEvent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import slipway.artifact.UploadGone;
import slipway.gcp.Clients;
import slipway.gcp.Ports;
import slipway.image.Family;
import slipway.image.Image;
import slipway.image.ImageName;
import slipway.image.ImageStage;
import slipway.image.Images;
import slipway.rollout.Group;
import slipway.rollout.Groups;
import slipway.rollout.Instance;
import slipway.rollout.Version;
import slipway.settings.AlertPolicyPath;
import slipway.settings.GroupPath;
import slipway.settings.ImageSettings;
import slipway.settings.Settings;
import slipway.settings.Size;
import slipway.settings.Target;
import slipway.settings.TemplatePath;
import slipway.time.CallTime;
import slipway.time.RunningTime;
import slipway.upload.Handoff;
import slipway.upload.Upload;
import tarballs.Kind;
import tarballs.SimulatedDisk;

/** The function's roles in infra/ hold what it needs, and nothing else. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RoleTest {
  private static final Path INFRA = Path.of("../../infra");
  private static final String TARGETS =
      """
      {"mir-riseos": {"prefix": "mir-riseos-", "soakSeconds": 0, "progressDeadlineSeconds": 7200,
        "groups": ["projects/demo/zones/us-west1-a/instanceGroupManagers/mir-riseos-group"]}}
      """;

  /** Its instances have tags and addresses. */
  private static final TemplatePath EDGE =
      new TemplatePath("projects/demo/global/instanceTemplates/edge");

  @TempDir static Path folder;
  private static final AtomicReference<Grants> grants = new AtomicReference<>();
  private static SeededCloud cloud;
  private static int uploads;
  private static int patches;

  @BeforeAll
  static void start() throws Exception {
    grants.set(SeededCloud.granted());
    cloud = new SeededCloud(folder.resolve("cloud"), grants::get);
    cloud.create(
        "global/instanceTemplates",
        """
        {"name": "edge", "properties": {"machineType": "e2-micro", "tags": {"items": ["edge"]},
          "disks": [{"boot": true, "autoDelete": true,
            "initializeParams": {"sourceImage": "global/images/mir-riseos-1"}}],
          "networkInterfaces": [{"network": "global/networks/default",
            "accessConfigs": [{"name": "nat", "type": "ONE_TO_ONE_NAT"}]}]}}
        """);
    cloud.create(
        "regions/us-west1/instanceGroupManagers",
        "{\"name\": \"over-zones\", \"targetSize\": 0, \"instanceTemplate\": \"" + EDGE + "\"}");
    JsonObject spot = cloud.compute("global/instanceTemplates/mir-riseos-1");
    spot.addProperty("name", "spot");
    JsonObject scheduling = new JsonObject();
    scheduling.addProperty("provisioningModel", "SPOT");
    spot.getAsJsonObject("properties").add("scheduling", scheduling);
    cloud.create("global/instanceTemplates", spot.toString());
  }

  @AfterAll
  static void stop() {
    cloud.close();
    assertThat(cloud.unknownRoutes()).isEmpty();
  }

  @BeforeEach
  void grantAll() throws Exception {
    grants.set(SeededCloud.granted());
  }

  @Test
  @Order(1)
  void everyPermissionIsUsed() throws Exception {
    doEverything();

    Set<Access.Use> used =
        cloud.uses().stream()
            .filter(use -> use.identity().equals("function"))
            .collect(Collectors.toSet());
    assertThat(used).containsExactlyInAnyOrderElementsOf(SeededCloud.granted().of("function"));
    Grants more = edited("slipwayCompute.yaml", role -> role.add("  - compute.firewalls.create"));
    assertThat(more.of("function")).hasSize(used.size() + 1);
  }

  /** Each permission of each of the function's roles, as file and line. */
  static Stream<List<String>> lines() throws IOException {
    List<List<String>> lines = new ArrayList<>();
    Pattern granted = Pattern.compile("- \\{member: function, role: (\\w+), .*");
    for (String binding : Files.readAllLines(INFRA.resolve("bindings.yaml"))) {
      Matcher role = granted.matcher(binding);
      if (role.matches()) {
        String file = role.group(1) + ".yaml";
        Files.readAllLines(INFRA.resolve("roles").resolve(file)).stream()
            .filter(line -> line.startsWith("  - "))
            .forEach(line -> lines.add(List.of(file, line)));
      }
    }
    return lines.stream();
  }

  @ParameterizedTest
  @MethodSource("lines")
  @Order(2)
  void withoutAnyOneOfThemSomethingFails(List<String> line) throws Exception {
    grants.set(without(line.get(0), line.get(1)));

    String permission = line.get(1).strip().substring("- ".length());
    assertThatThrownBy(RoleTest::doEverything)
        .satisfiesAnyOf(
            told -> assertThat(told).hasStackTraceContaining(permission),
            // Compute Engine says no more of a tarball.
            told -> assertThat(told).hasStackTraceContaining("Required 'read' permission for"));
  }

  @Test
  @Order(3)
  void theRecordTellsTheOperatorWhichPermissionIsMissing() throws Exception {
    grants.set(without("slipwayCompute.yaml", "  - compute.images.create"));

    JsonObject record = deploy(upload());

    assertThat(record.get("stage").getAsString()).isEqualTo("misconfigured");
    JsonObject verdict = record.getAsJsonObject("verdict");
    assertThat(verdict.get("code").getAsString()).isEqualTo("permission-denied");
    assertThat(verdict.get("message").getAsString())
        .contains("Required 'compute.images.create' permission for 'projects/demo/global/images/");
    assertThat(verdict.get("nextStep").getAsString())
        .contains("Add the permission to the function's role");
  }

  /** What the function does on its good and bad ways; fails where one of them fails. */
  private static void doEverything() throws Exception {
    Ports ports = ports();
    anUploadThatIsGone(ports);
    aRegionalGroup(ports);
    JsonObject record = deploy(upload());
    assertThat(record.getAsJsonObject("verdict").toString())
        .as(record.toString())
        .contains("\"code\":\"healthy\"", "\"nextStep\":null");
    assertThat(record.get("stage").getAsString()).isEqualTo("deployed");
    anotherFamilyMember(ports, record.getAsJsonObject("image").get("name").getAsString());
    // As when its event comes again.
    JsonObject uploaded = record.getAsJsonObject("upload");
    long generation = uploaded.get("generation").getAsLong();
    assertThat(ports.records().find(uploaded.get("object").getAsString(), generation)).isPresent();
    // As when the call ended between deleting the copy and saving the record.
    ports.proven().delete("proven/" + record.get("id").getAsString() + ".tar.gz");
    // As when the version is bad, and when the call's time ends.
    GroupPath path = new GroupPath("demo", "zones/us-west1-a", "mir-riseos-group");
    assertThat(ports.groups().console(ports.groups().instances(path).get(0))).isNotEmpty();
    ports.handoffs().write(new Handoff("mir-riseos-" + uploads, 1, "mir-riseos", 1), Instant.EPOCH);
    aSpotInstanceThatEnded(ports);
    alarms(ports);
  }

  private static void alarms(Ports ports) {
    assertThat(ports.monitoring().policy(new AlertPolicyPath("demo", "1"))).isEmpty();
    assertThat(ports.monitoring().alerts("demo")).isEmpty();
    assertThat(ports.monitoring().snoozes("demo", Instant.EPOCH)).isEmpty();
  }

  private static void aSpotInstanceThatEnded(Ports ports) {
    Instance ended =
        new Instance(
            "projects/demo/zones/us-west1-a/instances/gone",
            null,
            new TemplatePath("projects/demo/global/instanceTemplates/spot"),
            Instance.Status.OTHER,
            Instance.Action.RECREATING,
            Instance.Health.UNKNOWN,
            null);
    assertThat(ports.groups().ended(ended, Instant.EPOCH))
        .as("with compute.zoneOperations.list")
        .isEqualTo(Groups.Ended.ITSELF);
  }

  private static void anUploadThatIsGone(Ports ports) throws Exception {
    Upload gone =
        Deliveries.read(cloud.upload("gone.tar.gz", Kind.SPARSE, SimulatedDisk.healthy("2")));
    cloud.upload("gone.tar.gz", Kind.SPARSE, SimulatedDisk.healthy("2"));
    assertThatThrownBy(
            () -> {
              try (var bytes = ports.uploads().open(gone)) {
                bytes.readAllBytes();
              }
            })
        .isInstanceOf(UploadGone.class);
    assertThatThrownBy(() -> ports.proven().copy(gone, "proven/gone.tar.gz"))
        .isInstanceOf(UploadGone.class);
  }

  private static void aRegionalGroup(Ports ports) throws Exception {
    GroupPath path = new GroupPath("demo", "regions/us-west1", "over-zones");
    Group group = ports.groups().find(path).orElseThrow();
    // Another one each time: the same change would be recognised as made already.
    Target.Rolling more = new Target.Rolling(new Size(3 + ++patches, false), new Size(0, false));
    ports.groups().patch(new Groups.Intent(group, List.of(Version.rest(EDGE)), more));
    assertThat(ports.groups().instances(path)).isEmpty();
  }

  /** A member made later than the image that serves gives way to it. */
  private static void anotherFamilyMember(Ports ports, String name) throws Exception {
    Upload upload =
        Deliveries.read(cloud.upload("later.tar.gz", Kind.SPARSE, SimulatedDisk.healthy("2")));
    ImageName later = new ImageName("later-" + uploads);
    String copy = "proven/" + later + ".tar.gz";
    ports.proven().copy(upload, copy);
    String source = ports.proven().url(copy);
    ImageSettings made = ImageSettings.NONE.withLabels(Map.of("made", "later"));
    ports.images().insert(new Images.Draft(later, source, made));
    ports.images().activate(later, "mir-riseos");
    Image serving =
        new ImageStage(ports.images(), ports.proven(), time(settings())).made(new ImageName(name));
    new Family(ports.images()).promote(serving, "mir-riseos", () -> true);
    assertThat(cloud.compute("global/images/family/mir-riseos").get("name").getAsString())
        .isEqualTo(name);
    // As when nothing can need it any more.
    assertThat(ports.templates().booting("mir-riseos-1")).isNotEmpty();
    assertThat(ports.templates().delete(EDGE)).as("it is in use").isFalse();
    ports.images().delete(later);
  }

  private static FinalizeEvent upload() throws Exception {
    uploads++;
    return cloud.upload(
        "mir-riseos-" + uploads + ".tar.gz",
        Kind.SPARSE,
        SimulatedDisk.healthy(Integer.toString(uploads)));
  }

  private static JsonObject deploy(FinalizeEvent event) throws Exception {
    return new Deliveries(cloud, Map.of("TARGETS", TARGETS)).deploy(event);
  }

  private static Ports ports() throws IOException {
    Settings settings = settings();
    return Ports.of(Clients.connect(settings), settings, time(settings));
  }

  private static Settings settings() throws IOException {
    return Settings.read(cloud.environment(Map.of("TARGETS", TARGETS)));
  }

  private static CallTime time(Settings settings) {
    RunningTime clock = RunningTime.of(settings.cloudClock());
    return new CallTime(clock, clock, settings.call().multipliedBy(100));
  }

  private static Grants without(String file, String line) throws IOException {
    return edited(file, role -> assertThat(role.remove(line)).isTrue());
  }

  /** The grants after a change to the lines of one role's file. */
  private static Grants edited(String file, Consumer<List<String>> change) throws IOException {
    Path copy = Files.createTempDirectory(folder, "infra");
    Path roles = Files.createDirectory(copy.resolve("roles"));
    Files.copy(INFRA.resolve("bindings.yaml"), copy.resolve("bindings.yaml"));
    try (Stream<Path> all = Files.list(INFRA.resolve("roles"))) {
      for (Path role : all.toList()) {
        Files.copy(role, roles.resolve(role.getFileName()));
      }
    }
    List<String> lines = new ArrayList<>(Files.readAllLines(roles.resolve(file)));
    change.accept(lines);
    Files.write(roles.resolve(file), lines);
    return SeededCloud.granted(copy);
  }
}
