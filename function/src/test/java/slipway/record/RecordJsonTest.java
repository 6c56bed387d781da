package slipway.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.artifact.Sha256;
import slipway.image.ImageName;
import slipway.record.DeploymentRecord.Artifact;
import slipway.record.DeploymentRecord.MadeImage;
import slipway.record.GroupState.Instances;
import slipway.settings.GroupPath;
import slipway.settings.TemplatePath;
import slipway.upload.DeploymentId;
import slipway.upload.Upload;
import slipway.verdict.Progress;

class RecordJsonTest {
  private static final Instant CREATED = Instant.parse("2026-11-22T13:42:33Z");
  private static final Upload UPLOAD =
      new Upload(
          "mir-riseos",
          "mir-riseos-2.tar.gz",
          1795354953000000L,
          CREATED,
          300715,
          "AAAAAA==",
          null,
          Map.of("git-sha", "4f2a9c"));

  private static final Sha256 SHA256 = Sha256.ofHex("ab".repeat(32));

  private static final Progress PROGRESS =
      new Progress(
          CREATED.plusSeconds(60),
          CREATED.plusSeconds(67),
          1,
          2,
          false,
          1,
          0,
          0,
          null,
          null,
          Map.of(),
          Map.of(),
          null,
          null);

  private static final String SCHEMA_1 =
      """
      {"schema": 1, "id": "mir-riseos-20261122-134233-4f2a9c", "target": "mir-riseos",
       "upload": {"bucket": "mir-riseos", "object": "mir-riseos-2.tar.gz",
         "generation": "1795354953000000", "timeCreated": "2026-11-22T13:42:33Z",
         "sizeBytes": 300715, "crc32c": "AAAAAA==", "contentEncoding": null, "metadata": {"git-sha": "4f2a9c"}},
       "stage": "rolling", "n": 0, "lease": null,
       "artifact": {"sha256": "abababababababababababababababababababababababababababababababab", "diskGib": 1, "signedBy": null},
       "image": {"name": "image", "reused": false},
       "groups": [{"group": "projects/p/zones/z/instanceGroupManagers/g", "wave": 1, "state": "rolling", "previousTemplate": "old", "previousName": null,
         "newTemplate": "new", "instances": {"total": 3, "new": 1, "healthyNew": 1}, "step": null, "askedAt": null,
         "course": {"startedAt": "2026-11-22T13:43:33Z", "progressAt": "2026-11-22T13:43:40Z",
           "mostHealthy": 1, "fewestStale": 2, "unhealthySeen": false, "new": 1,
           "recreating": 0, "recreations": 0, "heldSince": null,
           "baseline": null, "places": {}, "machines": {}, "lostSince": null, "alarms": null}}],
       "plan": null,
       "verdict": {"code": null, "message": null, "nextStep": null, "consoles": []},
       "startedAt": "2026-11-22T13:42:33Z", "stageAt": "2026-11-22T13:43:33Z",
       "finishedAt": null, "trouble": null}
      """;

  @Test
  void hasTheFormThatReadmePromises() {
    DeploymentRecord record = rolling();

    assertThat(JsonParser.parseString(RecordJson.write(record)))
        .isEqualTo(JsonParser.parseString(SCHEMA_1));
    assertThat(RecordJson.read(SCHEMA_1)).isEqualTo(record);
  }

  @Test
  void passesOverFieldsOfALaterVersion() {
    String later = SCHEMA_1.replace("\"schema\": 1,", "\"schema\": 1, \"tomorrow\": {},");

    assertThat(RecordJson.read(later)).isEqualTo(rolling());
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void writesEachStageInLowerCaseWithHyphens(Stage stage) {
    String json = RecordJson.write(rolling(Stage.RECEIVED).reaching(stage, CREATED));

    assertThat(json).contains("\"stage\": \"" + stage + "\"");
    assertThat(RecordJson.read(json).stage()).isEqualTo(stage);
    assertThat(RecordJson.read(json).finishedAt() != null).isEqualTo(stage.isTerminal());
  }

  private static DeploymentRecord rolling() {
    return rolling(Stage.ROLLING);
  }

  private static DeploymentRecord rolling(Stage stage) {
    return DeploymentRecord.received(
            new DeploymentId("mir-riseos-20261122-134233-4f2a9c"), "mir-riseos", UPLOAD, CREATED)
        .with(new Artifact(SHA256, 1, null))
        .with(new MadeImage(new ImageName("image"), false))
        .with(
            new GroupState(
                new GroupPath("p", "zones/z", "g"),
                1,
                GroupState.State.ROLLING,
                new TemplatePath("old"),
                null,
                new TemplatePath("new"),
                new Instances(3, 1, 1),
                null,
                null,
                PROGRESS))
        .reaching(stage, CREATED.plusSeconds(60));
  }
}
