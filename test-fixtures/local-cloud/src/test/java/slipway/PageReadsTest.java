package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import localcloud.access.Access;
import localcloud.access.Grants;
import localcloud.cli.SeededCloud;
import localcloud.events.FinalizeEvent;
import localcloud.http.CallLog;
import localcloud.judges.Program;
import localcloud.judges.Program.Result;
import localcloud.page.Tab;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import page.PageServer;
import tarballs.Kind;
import tarballs.SimulatedDisk;

/**
 * The page as a viewer sees it who may only read: what it shows of real deployments, the commands
 * that it offers, run by an operator, and what it asks for. One story, told in order.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PageReadsTest {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final String TARGET = "target/mir-riseos";
  private static final String TARGETS =
      """
      {"mir-riseos": {"prefix": "mir-riseos-", "soakSeconds": 0, "maxSurge": "3",
        "steps": [{"size": "1", "soakSeconds": 0}], "approval": {"required": true},
        "groups": ["projects/demo/zones/us-west1-a/instanceGroupManagers/mir-riseos-group"]}}
      """;

  @TempDir static Path data;
  @TempDir static Path home;
  private static final AtomicReference<Grants> grants = new AtomicReference<>();
  private static SeededCloud cloud;
  private static Deliveries function;
  private static PageServer page;

  @BeforeAll
  static void start() throws Exception {
    grants.set(SeededCloud.granted());
    cloud = SeededCloud.brisk(data.resolve("cloud"), grants::get);
    function = new Deliveries(cloud, Map.of("TARGETS", TARGETS));
    page = PageServer.start(0, cloud.pageByMonitoring());
  }

  @AfterAll
  static void stop() {
    if (page != null) {
      page.close();
    }
    if (cloud != null) {
      cloud.close();
      assertThat(cloud.unknownRoutes()).isEmpty();
    }
  }

  @BeforeEach
  void grantAll() throws Exception {
    grants.set(SeededCloud.granted());
  }

  @Test
  @Order(1)
  void whatWaitsSaysForWhomAndWithWhichCommand() throws Exception {
    function.bring(upload(2));

    Map<String, JsonObject> cells = cells("");
    assertThat(Tab.cell(cells, "cloud").toString())
        .contains("\"place\":\"local cloud\"", "\"project\":\"demo\"", "\"who\":\"viewer\"");
    JsonObject target = Tab.cell(cells, TARGET);
    assertThat(target.get("serving").isJsonNull()).isTrue();
    assertThat(target.get("hold").isJsonNull()).isTrue();
    assertThat(target.get("approval").getAsBoolean()).isTrue();
    assertThat(target.getAsJsonArray("groups").toString())
        .isEqualTo(
            "[\"group/projects/demo/zones/us-west1-a/instanceGroupManagers/mir-riseos-group\"]");
    JsonObject record = Tab.cell(cells, target.getAsJsonArray("open").get(0).getAsString());
    assertThat(record).isEqualTo(cloud.record(event(2)));
    assertThat(record.get("groups").toString()).contains("waiting-for-approval");
    assertThat(cells.keySet()).noneMatch(key -> key.startsWith("trouble/"));
    assertThat(Tab.cell(cells, "traffic/none").get("why").getAsString())
        .contains("no request of an HTTP load balancer of demo");
    assertThat(cells).containsKey("version/mir-riseos-1");
  }

  @Test
  @Order(2)
  void theCommandThatApprovesIsWhatTheOperatorRuns() throws Exception {
    Result approved = order("approve");

    assertThat(approved.output()).endsWith(" goes on.\n");
    function.deploy(event(2));
    JsonObject target = Tab.cell(cells(""), TARGET);
    JsonObject serving = target.getAsJsonObject("serving");
    JsonObject record = cloud.record(event(2));
    assertThat(serving.get("deployment")).isEqualTo(record.get("id"));
    assertThat(serving.get("object").getAsString()).isEqualTo("mir-riseos-2.tar.gz");
    assertThat(record.get("groups").toString())
        .contains("/" + serving.get("template").getAsString() + "\"");
    assertThat(serving.get("sha256")).isEqualTo(record.getAsJsonObject("artifact").get("sha256"));
    assertThat(serving.get("metadata").isJsonObject()).isTrue();
    assertThat(target.get("previous").isJsonNull()).isTrue();
    assertThat(target.getAsJsonArray("open")).isEmpty();
    assertThat(target.getAsJsonObject("orders").keySet()).containsExactly("hold");
  }

  @Test
  @Order(3)
  void aHoldIsShownWithItsReasonAndReleased() throws Exception {
    order("hold");
    JsonObject held = Tab.cell(cells(""), TARGET);
    assertThat(held.getAsJsonObject("hold").get("why").getAsString()).isEqualTo("why");
    assertThat(held.getAsJsonObject("hold").get("since").getAsString()).endsWith("Z");

    assertThat(order("unhold").status()).isZero();
    assertThat(Tab.cell(cells(""), TARGET).get("hold").isJsonNull()).isTrue();
  }

  @Test
  @Order(4)
  void whatIsUnderWayIsAborted() throws Exception {
    function.bring(upload(3));
    FinalizeEvent event = event(3);

    Result aborted = order("abort");

    assertThat(aborted.output()).endsWith(" goes back.\n");
    function.deploy(event);
    assertThat(Tab.cell(cells(""), recordName(event)).get("stage").getAsString())
        .isEqualTo("rolled-back");
  }

  @Test
  @Order(5)
  void whatServedBeforeIsRolledBackTo() throws Exception {
    function.bring(upload(4));
    order("approve");
    function.deploy(event(4));
    JsonObject target = Tab.cell(cells(""), TARGET);
    assertThat(target.getAsJsonObject("previous").get("object").getAsString())
        .isEqualTo("mir-riseos-2.tar.gz");

    Result back = order("rollBack");

    assertThat(back.output()).contains(" goes back to ");
  }

  @Test
  @Order(6)
  void theHistoryOfATargetTellsWhatEachDeploymentChanged() throws Exception {
    assertThat(cells("")).doesNotContainKey("history/mir-riseos");

    List<JsonElement> entries =
        Tab.cell(cells("?history=mir-riseos"), "history/mir-riseos")
            .getAsJsonArray("entries")
            .asList();

    assertThat(entries).hasSize(4);
    assertThat(entries.get(0).getAsJsonObject().get("object").getAsString())
        .isEqualTo("orders/mir-riseos/roll-back");
    JsonObject fourth = entries.get(1).getAsJsonObject();
    assertThat(fourth.get("object").getAsString()).isEqualTo("mir-riseos-4.tar.gz");
    assertThat(fourth.get("stage").getAsString()).isEqualTo("deployed");
    assertThat(fourth.get("code"))
        .isEqualTo(cloud.record(event(4)).getAsJsonObject("verdict").get("code"));
    assertThat(fourth.get("finishedAt").getAsString()).endsWith("Z");
    assertThat(fourth.getAsJsonArray("changed").toString())
        .contains("{\"what\":\"bytes (SHA-256)\",\"before\":\"" + digest(2) + "\"")
        .contains("\"after\":\"" + digest(4) + "\"", "\"what\":\"template of mir-riseos-group\"");
    assertThat(entries.get(2).getAsJsonObject().get("code").getAsString()).isEqualTo("aborted");
    assertThat(entries.get(3).getAsJsonObject().getAsJsonArray("changed")).isEmpty();
  }

  @Test
  @Order(7)
  void itOnlyReadsAndNeedsAllThatAViewerIsGranted() throws Exception {
    List<CallLog.Call> calls =
        cloud.calls().stream().filter(call -> call.identity().equals("viewer")).toList();
    Set<String> methods =
        calls.stream()
            .map(call -> call.method() + " " + call.path().replaceFirst(".*/", "/"))
            .filter(call -> !call.startsWith("GET "))
            .collect(Collectors.toSet());
    assertThat(calls).isNotEmpty();
    assertThat(methods)
        .containsExactlyInAnyOrder("POST /listManagedInstances", "POST /entries:list");

    Set<Access.Use> used =
        cloud.uses().stream()
            .filter(use -> use.identity().equals("viewer"))
            .collect(Collectors.toSet());
    assertThat(used).containsExactlyInAnyOrderElementsOf(SeededCloud.granted().of("viewer"));
    assertThat(SeededCloud.granted().of("viewer"))
        .extracting(Access.Use::permission)
        .allMatch(permission -> permission.matches(".*\\.(get|list)"));
  }

  @ParameterizedTest
  @CsvSource({
    "compute, project, compute.instanceGroupManagers.list",
    "compute, project, compute.instanceGroupManagers.get",
    "log, project, logging.logEntries.list",
    "traffic, project, monitoring.timeSeries.list",
    "private, slipwayNames, storage.objects.list",
    "private, slipwayContents, storage.objects.get",
    "records, slipwayContents, storage.objects.get",
    "records, slipwayNames, storage.objects.list",
  })
  @Order(8)
  void whichPermissionIsMissingAndForWhomIsTold(String source, String role, String permission)
      throws Exception {
    grants.set(
        role.equals("project")
            ? granted("slipwayViewer.yaml", text -> text.replace("  - " + permission + "\n", ""))
            : granted(
                "../bindings.yaml",
                text ->
                    text.replaceAll(
                        "(?m)^- .member: viewer, role: " + role + ", where: " + source + ".*\n",
                        "")));
    // As new: what was read before would stay.
    try (PageServer fresh = PageServer.start(0, cloud.pageByMonitoring());
        Tab tab = new Tab("http://localhost:" + fresh.port() + "/")) {
      Map<String, JsonObject> cells = tab.until(all -> !all.isEmpty());

      JsonObject trouble = Tab.cell(cells, "trouble/" + source);
      assertThat(cells.keySet())
          .filteredOn(key -> key.startsWith("trouble/"))
          .containsExactly("trouble/" + source);
      assertThat(trouble.get("permission").getAsString()).isEqualTo(permission);
      assertThat(trouble.get("who").getAsString()).startsWith("viewer");
      assertThat(trouble.get("what").getAsString()).contains(permission + " is missing");
      if (!source.equals("records")) {
        assertThat(cells).containsKey(TARGET);
      }

      grantAll();
      fresh.look();
      assertThat(tab.next("change").getAsJsonArray("gone").toString())
          .contains("trouble/" + source);
    }
  }

  @Test
  @Order(9)
  void aTokenThatIsTakenForNoneIsTold() throws Exception {
    try (PageServer stranger = PageServer.start(0, cloud.pageOf("local-nobody"));
        Tab tab = new Tab("http://localhost:" + stranger.port() + "/")) {
      Map<String, JsonObject> cells = tab.until(all -> !all.isEmpty());

      assertThat(Tab.cell(cells, "trouble/token").get("what").getAsString())
          .contains("gcloud auth login");
    }
  }

  /** What infra/ grants after a change to one of its files. */
  private static Grants granted(String file, UnaryOperator<String> change) throws IOException {
    Path copy = Files.createTempDirectory(data, "infra");
    Path roles = Files.createDirectory(copy.resolve("roles"));
    Files.copy(ROOT.resolve("infra/bindings.yaml"), copy.resolve("bindings.yaml"));
    try (Stream<Path> all = Files.list(ROOT.resolve("infra/roles"))) {
      for (Path role : all.toList()) {
        Files.copy(role, roles.resolve(role.getFileName()));
      }
    }
    Path changed = roles.resolve(file);
    String before = Files.readString(changed);
    String after = change.apply(before);
    assertThat(after).isNotEqualTo(before);
    Files.writeString(changed, after);
    return SeededCloud.granted(copy);
  }

  private static Map<String, JsonObject> cells(String query) throws Exception {
    try (Tab tab = new Tab("http://localhost:" + page.port() + "/", query)) {
      return tab.until(all -> !all.isEmpty());
    }
  }

  /** Runs the command that the page offers, as an operator, while sweeps come. */
  private static Result order(String order) throws Exception {
    JsonObject orders = Tab.cell(cells(""), TARGET).getAsJsonObject("orders");
    assertThat(orders.keySet()).contains(order);
    Program.named("gcloud", home);
    Program.named("jq", home);
    Program shell = Program.named("bash", home).within(Duration.ofMinutes(5));
    cloud.shell("operator").forEach(shell::with);
    String command = "cd '" + ROOT + "' && " + orders.get(order).getAsString();
    ExecutorService beside = Executors.newSingleThreadExecutor();
    Future<Result> running = beside.submit(() -> shell.succeed("-c", command));
    beside.shutdown();
    while (!running.isDone()) {
      function.bringAsItIs(cloud.sweep());
      for (String name : cloud.objects("mir-riseos")) {
        if (name.startsWith("handoff/mir-riseos-")) {
          function.bringAsItIs(cloud.uploaded(name));
        }
      }
    }
    return running.get();
  }

  private static FinalizeEvent upload(int version) throws Exception {
    return cloud.upload(name(version), Kind.SPARSE, SimulatedDisk.healthy("" + version));
  }

  private static FinalizeEvent event(int version) throws Exception {
    return cloud.uploaded(name(version));
  }

  private static String name(int version) {
    return "mir-riseos-" + version + ".tar.gz";
  }

  private static String recordName(FinalizeEvent event) throws Exception {
    JsonObject upload = cloud.record(event).getAsJsonObject("upload");
    return "deployments/"
        + upload.get("object").getAsString()
        + ("/" + upload.get("generation").getAsString() + ".json");
  }

  private static String digest(int version) throws Exception {
    return cloud.record(event(version)).getAsJsonObject("artifact").get("sha256").getAsString();
  }
}
