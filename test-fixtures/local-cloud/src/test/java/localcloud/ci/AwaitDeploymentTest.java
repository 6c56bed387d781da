package localcloud.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import localcloud.judges.Program;
import localcloud.judges.Program.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How await-deployment reads a record that changes. The gsutil here gives prepared answers, since
 * the real one gives half a record only by chance; {@link UploadTest} has the real one.
 */
class AwaitDeploymentTest {
  private static final String RECORD =
      """
      {
        "id": "mir-riseos-20261122-134233-4f2a9c",
        "upload": {"object": "site-2.tar.gz", "metadata": {"stage": "x \\"y\\" {"}},
        "stage": "%s",
        "groups": [{"state": "rolling", "instances": {"total": 4}}],
        "verdict": {"code": "some-code", "message": "It is \\"so\\":\\n{a}, [b]", "nextStep": "mend it"},
        "finishedAt": null
      }
      """;

  @TempDir Path home;

  @ParameterizedTest
  @CsvSource({
    "deployed, 0",
    "planned, 0",
    "rejected, 1",
    "rolled-back, 1",
    "superseded, 3",
    "misconfigured, 4",
    "rollback-failed, 4"
  })
  void eachEndHasItsStatus(String stage, int status) throws Exception {
    Result result = await(record(stage));

    assertThat(result.output())
        .contains(
            "await-deployment: " + stage + "\n",
            "await-deployment: It is \"so\": {a}, [b] (some-code)",
            "await-deployment: next step: mend it");
    assertThat(result.status()).isEqualTo(status);
  }

  @Test
  void tellsEachStageOnce() throws Exception {
    Result result =
        await("", record("received"), record("rolling"), record("rolling"), record("deployed"));

    assertThat(result.output().lines().filter(line -> line.matches(".*: [a-z-]+")).toList())
        .containsExactly(
            "await-deployment: received",
            "await-deployment: rolling",
            "await-deployment: deployed");
    assertThat(result.status()).isZero();
  }

  @Test
  void tellsWhatItWaitsForAndWhatEndsItOnceEach() throws Exception {
    String freed =
        record("rolling").replaceAll("\"verdict\": \\{.*}", "\"verdict\": {\"code\": null}");
    Result result =
        await(
            record("rolling"),
            record("rolling"),
            freed,
            record("rolled-back").replace("so\\", "bad\\"));

    assertThat(result.output().lines().skip(1))
        .containsExactly(
            "await-deployment: rolling",
            "await-deployment: It is \"so\": {a}, [b] (some-code)",
            "await-deployment: next step: mend it",
            "await-deployment: rolled-back",
            "await-deployment: It is \"bad\": {a}, [b] (some-code)",
            "await-deployment: next step: mend it");
    assertThat(result.status()).isOne();
  }

  @Test
  void readsAgainWhatCameByHalf() throws Exception {
    String whole = record("rejected");
    String withStage = whole.substring(0, whole.indexOf("verdict"));

    Result result = await(withStage, whole.substring(0, whole.length() - 3), whole);

    assertThat(result.output()).containsOnlyOnce("await-deployment: rejected\n").contains("mend");
    assertThat(result.status()).isOne();
    assertThat(home.resolve("asked")).hasContent("xxx");
  }

  @Test
  void saysWhatItKnewWhenTimeIsUp() throws Exception {
    Program program = gsutil(record("rolling"));

    // It would look again only when the minute is over, so it ends at once.
    Result result = program.run("--every", "600", "--minutes", "1", "gs://r", "o", "17");

    assertThat(result.errors())
        .isEqualTo("await-deployment: not ended after 1 min: its stage is rolling\n");
    assertThat(result.status()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "canary, '\"2026-11-22T13:44:58Z\"', x, 5",
    "soaking, '\"2026-11-22T13:44:58Z\"', x, 5",
    "waiting-for-approval, '\"2026-11-22T13:44:58Z\"', waiting-for-approval, 5",
    "waiting-for-approval, null, waiting-for-approval, 5",
    "canary, null, on-hold, 5",
    "canary, null, x, 2",
    "rolling, null, x, 2",
    "rolling-back, '\"2026-11-22T13:44:58Z\"', x, 2"
  })
  void tellsWhatSoaksOrWaitsFromWhatHangs(String state, String since, String code, int status)
      throws Exception {
    String record =
        record("rolling")
            .replace("some-code", code)
            .replace(
                "\"state\": \"rolling\"",
                "\"state\": \"" + state + "\", \"course\": {\"heldSince\": " + since + "}");

    Result result = gsutil(record).run("--every", "600", "--minutes", "1", "gs://r", "o", "17");

    assertThat(result.status()).isEqualTo(status);
  }

  @Test
  void doesNotWaitForWhatItMayNotRead() throws Exception {
    Program program = gsutil();
    Files.writeString(
        home.resolve("bin/gsutil"),
        "#!/bin/bash\necho 'AccessDeniedException: 403 x' >&2\nexit 1\n");

    Result result = program.run("gs://r", "o", "17");

    assertThat(result.errors()).contains("cannot be read: AccessDeniedException: 403 x");
    assertThat(result.status()).isEqualTo(64);
  }

  @Test
  void asksForJqByName() throws Exception {
    Program program = gsutil();
    for (String name : List.of("bash", "env")) {
      Files.createSymbolicLink(home.resolve("bin").resolve(name), Path.of("/usr/bin", name));
    }

    Result result = program.with("PATH", home.resolve("bin").toString()).run("gs://r", "o", "17");

    assertThat(result.errors()).contains("jq is missing; on Debian: apt-get install jq");
    assertThat(result.status()).isEqualTo(64);
  }

  @ParameterizedTest
  @CsvSource({
    "--minutes|0|gs://r|o|1, --minutes takes a whole number",
    "r|o|1, 'expected the records bucket, such as gs://records, found r'",
    "gs://r|o|latest, 'expected a generation, a number as upload prints it, found latest'",
    "gs://r|o, 'expected a bucket, an object and a generation, found 2 words'"
  })
  void tellsWhatIsWrongWithItsCall(String words, String reason) throws Exception {
    Result result = UnikernelProgram.alone("await-deployment", home).run(words.split("\\|", -1));

    assertThat(result.errors()).contains(reason);
    assertThat(result.status()).isEqualTo(64);
  }

  private static String record(String stage) {
    return RECORD.replace("%s", stage);
  }

  /** Runs it with a gsutil that gives these answers in turn; an empty one stands for no record. */
  private Result await(String... answers) throws Exception {
    return gsutil(answers)
        .run("--every", "1", "--minutes", "2", "gs://records", "site-2.tar.gz", "17");
  }

  private Program gsutil(String... answers) throws Exception {
    for (int i = 0; i < answers.length; i++) {
      if (!answers[i].isEmpty()) {
        Files.writeString(home.resolve("answer-" + (i + 1)), answers[i]);
      }
    }
    Path gsutil = Files.createDirectories(home.resolve("bin")).resolve("gsutil");
    Files.write(
        gsutil,
        List.of(
            "#!/bin/bash",
            "printf x >> asked",
            "cat \"answer-$(stat -c %s asked)\" 2> /dev/null && exit",
            "echo 'CommandException: No URLs matched' >&2",
            "exit 1"));
    assertThat(gsutil.toFile().setExecutable(true)).isTrue();
    Program.named("jq", home);
    Program program = UnikernelProgram.alone("await-deployment", home);
    return program.with("PATH", gsutil.getParent() + ":" + System.getenv("PATH"));
  }
}
