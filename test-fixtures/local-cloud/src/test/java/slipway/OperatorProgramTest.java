package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import localcloud.cli.SeededCloud;
import localcloud.events.FinalizeEvent;
import localcloud.judges.Program;
import localcloud.judges.Program.Result;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tarballs.Kind;
import tarballs.SimulatedDisk;

/** infra/slipway, with the real gcloud and an operator's rights alone: one story, told in order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OperatorProgramTest {
  private static final Path PROGRAM =
      Path.of("").toAbsolutePath().resolve("../../infra/slipway").normalize();

  private static final String TARGETS =
      """
      {"mir-riseos": {"prefix": "mir-riseos-", "soakSeconds": 0, "maxSurge": "3",
        "steps": [{"size": "1", "soakSeconds": 0}, {"size": "60%", "soakSeconds": 0}],
        "approval": {"required": true},
        "groups": ["projects/demo/zones/us-west1-a/instanceGroupManagers/mir-riseos-group"]}}
      """;

  @TempDir static Path data;
  @TempDir static Path home;
  private static SeededCloud cloud;
  private static Deliveries function;

  @BeforeAll
  static void start() throws Exception {
    Program.named("gcloud", home);
    Program.named("jq", home);
    cloud = SeededCloud.brisk(data);
    function = new Deliveries(cloud, Map.of("TARGETS", TARGETS));
  }

  @AfterAll
  static void noToolAskedForMoreThanThereIs() {
    if (cloud != null) {
      cloud.close();
      assertThat(cloud.unknownRoutes()).isEmpty();
    }
  }

  @Test
  @Order(1)
  void whereNothingWasDeployedItSaysSo() throws Exception {
    assertThat(slipway("status").output()).isEqualTo("Nothing was deployed yet.\n");
    assertThat(slipway("status", "--json").output()).isEqualTo("[]\n");
    Result none = slipway("history", "mir-riseos");
    assertThat(none.errors()).contains("no deployment of mir-riseos is recorded");
    assertThat(none.status()).isEqualTo(1);
  }

  @Test
  @Order(2)
  void whatWaitsForApprovalIsShownAndApproved() throws Exception {
    function.bring(upload("mir-riseos-2.tar.gz", 2));

    String status = slipway("status").output();
    assertThat(status)
        .startsWith("mir-riseos\n  ◔ Waiting for approval  mir-riseos-2.tar.gz  since ")
        .contains("waits for approval of ", "(waiting-for-approval)", "next step: echo ");
    JsonObject one =
        json(slipway("status", "--json", "mir-riseos")).getAsJsonArray().get(0).getAsJsonObject();
    assertThat(one.get("target").getAsString()).isEqualTo("mir-riseos");
    assertThat(one.getAsJsonArray("underWay")).hasSize(1);

    Result wrong = whileItSweeps("approve", "mir-riseos", "0123");
    assertThat(wrong.output()).contains("slipway: refused: expected the digest that waits, ");
    assertThat(wrong.status()).isEqualTo(1);
    Result right = whileItSweeps("approve", "mir-riseos", "--json");
    assertThat(json(right).getAsJsonObject().get("answer").getAsString()).endsWith(" goes on.");
    assertThat(right.status()).isZero();
    function.deploy(first());
    assertThat(cloud.record(first()).get("stage").getAsString()).isEqualTo("deployed");
    assertThat(slipway("status").output()).contains("  ✓ Deployed  mir-riseos-2.tar.gz  since ");
  }

  @Test
  @Order(3)
  void aHoldIsWrittenShownAndReleased() throws Exception {
    Result hold = slipway("hold", "mir-riseos", "incident 42");
    assertThat(hold.output())
        .isEqualTo(
            "slipway: mir-riseos is on hold: nothing goes forward until slipway release mir-riseos\n");
    function.bring(upload("mir-riseos-3.tar.gz", 3));
    assertThat(slipway("status").output())
        .contains("  ◔ On hold  mir-riseos-3.tar.gz  since ", "  order  mir-riseos/hold  since ");

    assertThat(slipway("release", "mir-riseos").output())
        .isEqualTo("slipway: mir-riseos is free; what waited goes on within a minute\n");
    Result again = slipway("release", "mir-riseos");
    assertThat(again.errors()).contains("mir-riseos is on no hold that could be released");
    assertThat(again.status()).isEqualTo(1);
  }

  @Test
  @Order(4)
  void whatIsUnderWayIsAborted() throws Exception {
    function.bring(second());
    assertThat(cloud.record(second()).get("groups").toString()).contains("waiting-for-approval");

    Result abort = whileItSweeps("abort", "mir-riseos");

    assertThat(abort.output()).isEqualTo("slipway: " + id(second()) + " goes back.\n");
    function.deploy(second());
    assertThat(cloud.record(second()).get("stage").getAsString()).isEqualTo("rolled-back");
    assertThat(slipway("status").output())
        .contains("  ↩ Rolled back  mir-riseos-3.tar.gz", "(aborted)");
    Result again = slipway("abort", "mir-riseos");
    assertThat(again.errors()).contains("no deployment of mir-riseos is under way");
    assertThat(again.status()).isEqualTo(1);
  }

  @Test
  @Order(5)
  void whatServedBeforeIsDeployedAgainById() throws Exception {
    Result refused = whileItSweeps("roll-back", "mir-riseos", "some-id");
    assertThat(refused.output())
        .contains("refused: expected nothing, or the id of a deployment that served well, of ");
    assertThat(refused.status()).isEqualTo(1);

    Result begun = whileItSweeps("roll-back", "mir-riseos", id(first()));
    assertThat(begun.output()).contains(" goes back to " + id(first()), "its record is gs://");
    assertThat(begun.status()).isZero();
    String history = slipway("history", "mir-riseos").output();
    assertThat(history.lines().toList()).hasSize(3);
    assertThat(history.lines().findFirst().orElseThrow()).contains("roll-back");
    JsonArray all =
        json(slipway("history", "--json", "--limit", "2", "mir-riseos")).getAsJsonArray();
    assertThat(all).hasSize(2);
  }

  @Test
  @Order(6)
  void whatAnUploadWouldDoIsAsked() throws Exception {
    Path tarball = home.resolve("mir-riseos-4.tar.gz");
    try (var out = Files.newOutputStream(tarball)) {
      tarballs.Tarball.write(Kind.SPARSE, SimulatedDisk.healthy("4"), out);
    }
    Future<Result> asked = begin("plan", tarball.toString());
    FinalizeEvent plan = null;
    while (plan == null && !asked.isDone()) {
      if (cloud.objects("mir-riseos").contains("plan/mir-riseos-4.tar.gz")) {
        plan = cloud.uploaded("plan/mir-riseos-4.tar.gz");
        function.deploy(plan);
      }
    }

    Result result = asked.get();
    assertThat(result.output())
        .startsWith("– Planned\n  It would create 1 image and 1 template, patch 1 group")
        .contains("  create image from gs://mir-riseos/plan/mir-riseos-4.tar.gz")
        .contains("mir-riseos-group, 3 instances, first 1, then 60%");
    assertThat(result.status()).isZero();
  }

  @Test
  @Order(7)
  void withoutAnAnswerItSaysWhereOneWillStand() throws Exception {
    Result none = slipway("abort", "mir-riseos", "x", "--wait", "0");

    assertThat(none.output()).contains("no answer yet", "orders/mir-riseos/abort.answer");
    assertThat(none.status()).isEqualTo(2);
  }

  @Test
  @Order(8)
  void anOperatorMayWriteOrdersAndNothingBesideThem() throws Exception {
    Program gcloud = operator(Program.named("gcloud", home));
    assertThat(
            gcloud.run("storage", "cat", "gs://mir-riseos-private/targets/mir-riseos.json").all())
        .contains("403", "storage.objects.get");
    Files.writeString(home.resolve("forged"), "{}");
    assertThat(
            gcloud
                .run("storage", "cp", "forged", "gs://mir-riseos-private/targets/mir-riseos.json")
                .status())
        .isNotZero();
    assertThat(
            gcloud.run("storage", "cp", "forged", "gs://mir-riseos/mir-riseos-9.tar.gz").status())
        .isNotZero();
    assertThat(gcloud.run("storage", "cp", "forged", "gs://mir-riseos-records/forged").status())
        .isNotZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"status", "history", "hold", "release", "approve", "abort", "roll-back", "plan"})
  @Order(9)
  void eachCommandTellsHowItIsUsed(String command) throws Exception {
    Result help = slipway(command, "--help");

    assertThat(help.output()).startsWith("usage: slipway " + command + " ");
    assertThat(help.status()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "'', expected a command",
    "stop, unknown command stop",
    "hold, 'hold takes 1 to 2 words, found 0'",
    "history a b, 'history takes 1 to 1 words, found 2'",
    "hold Mir, 'expected the name of a target, found ''Mir'''",
    "status --fast, unknown option --fast",
    "abort mir-riseos --wait long, '--wait takes a whole number, found ''long'''",
    "plan nothing.tar.gz, 'expected a tarball, found no file nothing.tar.gz'",
    "status --bucket, 'expected --bucket with the uploads bucket''s name, found '''''"
  })
  @Order(10)
  void whatIsWrongWithItsCallIsTold(String words, String reason) throws Exception {
    Result result = slipway(words.isEmpty() ? new String[0] : words.split(" "));

    assertThat(result.errors()).contains("slipway: " + reason);
    assertThat(result.status()).isEqualTo(64);
  }

  /** Runs it while sweeps come, as the scheduler would send them. */
  private static Result whileItSweeps(String... words) throws Exception {
    Future<Result> running = begin(words);
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

  private static Future<Result> begin(String... words) {
    ExecutorService beside = Executors.newSingleThreadExecutor();
    try {
      return beside.submit(() -> slipway(words));
    } finally {
      beside.shutdown();
    }
  }

  private static Result slipway(String... words) throws Exception {
    return operator(Program.at(PROGRAM, home)).with("SLIPWAY_BUCKET", "mir-riseos").run(words);
  }

  private static Program operator(Program program) throws Exception {
    cloud.shell("operator").forEach(program::with);
    return program;
  }

  private static FinalizeEvent upload(String name, int version) throws Exception {
    return cloud.upload(name, Kind.SPARSE, SimulatedDisk.healthy(Integer.toString(version)));
  }

  private static FinalizeEvent first() throws Exception {
    return cloud.uploaded("mir-riseos-2.tar.gz");
  }

  private static FinalizeEvent second() throws Exception {
    return cloud.uploaded("mir-riseos-3.tar.gz");
  }

  private static String id(FinalizeEvent event) throws Exception {
    return cloud.record(event).get("id").getAsString();
  }

  private static JsonElement json(Result result) {
    return JsonParser.parseString(result.output());
  }
}
