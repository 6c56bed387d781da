package slipway.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeploymentIdTest {
  @Test
  void isMadeOfTargetTimeAndHash() {
    assertThat(id("site", upload("site-2.tar.gz", 1)).value())
        .matches("site-20261122-134233-[0-9a-f]{6}");
  }

  @Test
  void isTheSameForTheSameGenerationAndAnotherForAnyOther() {
    DeploymentId id = id("site", upload("site-2.tar.gz", 1));

    assertThat(id("site", upload("site-2.tar.gz", 1))).isEqualTo(id);
    assertThat(id("site", upload("site-2.tar.gz", 2))).isNotEqualTo(id);
    assertThat(id("site", upload("site-3.tar.gz", 1))).isNotEqualTo(id);
  }

  @Test
  void leavesATemplateItsFiveCharactersOfComputes63() {
    assertThat(id("a".repeat(35), upload("a.tar.gz", 1)).value()).hasSize(58);
  }

  private static DeploymentId id(String target, Upload upload) {
    return DeploymentId.of(target, upload);
  }

  private static Upload upload(String object, long generation) {
    Instant created = Instant.parse("2026-11-22T13:42:33.999Z");
    return new Upload("uploads", object, generation, created, 1, "AAAAAA==", null, Map.of());
  }
}
