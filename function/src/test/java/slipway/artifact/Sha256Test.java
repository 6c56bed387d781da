package slipway.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class Sha256Test {
  /** FIPS 180-2, appendix B.1: the digest of "abc". */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void base32FitsALabel() {
    // printf '%s' "$ABC" | xxd -r -p | base32 | tr -d = | tr A-Z a-z
    assertThat(Sha256.ofHex(ABC).base32())
        .isEqualTo("xj4bnp4pahh6uqkbidpf3lrceoyagyndsylxvhfucd7wd4qacwwq")
        .hasSize(52);
  }

  @Test
  void base32KeepsLeadingZeros() {
    assertThat(Sha256.ofDigest(new byte[32]).base32()).isEqualTo("a".repeat(52));
  }

  @Test
  void equalsByContent() {
    assertThat(Sha256.ofHex("0".repeat(64))).isEqualTo(Sha256.ofDigest(new byte[32]));
    assertThat(Sha256.ofHex(ABC)).isNotEqualTo(Sha256.ofDigest(new byte[32])).hasToString(ABC);
  }

  @Test
  void refusesWhatIsNoDigest() {
    assertThatThrownBy(() -> Sha256.ofHex("BA78")).hasMessageContaining("expected 64 of [0-9a-f]");
    assertThatThrownBy(() -> Sha256.ofDigest(new byte[20]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
