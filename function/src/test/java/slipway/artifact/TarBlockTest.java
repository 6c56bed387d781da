package slipway.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers as tar headers hold them: twelve bytes, here in hex. */
class TarBlockTest {
  @ParameterizedTest
  @CsvSource({
    "303130303030303030303030, 1073741824, twelve octal digits",
    "303130303030303030303000, 134217728, eleven and a NUL",
    "202020202020202020373720, 63, spaces around it",
    "373700202020202020202000, 63, NULs and spaces after it",
    "80000000000000027fffffff, 10737418239, base 256",
    "800000007fffffffffffffff, 9223372036854775807, the largest in base 256",
    "800000008000000000000000, -1, beyond it",
    "810000000000000000000000, -1, far beyond it",
    "ffffffffffffffffffffffff, -1, a negative number",
    "000000000000000000000000, -1, nothing",
    "202020202020202020202020, -1, only spaces",
    "373800000000000000000000, -1, a digit that is not octal",
    "373700313100000000000000, -1, a second number",
    "2d3100000000000000000000, -1, a sign",
    "003737000000000000000000, -1, a NUL before it"
  })
  void readsNumbers(String hex, long number, String what) {
    byte[] field = HexFormat.of().parseHex(hex);

    assertThat(TarBlock.number(field, 0, field.length)).as(what).isEqualTo(number);
  }
}
