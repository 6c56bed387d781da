package slipway.artifact;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every byte of a header belongs to one field, and is looked at unless the field is free. */
class HeaderFieldTest {
  private static final Set<HeaderField> FREE = EnumSet.of(HeaderField.USER, HeaderField.GROUP);

  @ParameterizedTest
  @EnumSource
  void beginsWhereTheOneBeforeEnds(HeaderField field) {
    int before = field.ordinal() - 1;
    HeaderField[] all = HeaderField.values();

    assertThat(field.at).isEqualTo(before < 0 ? 0 : all[before].at + all[before].length);
    assertThat(all[all.length - 1].at + all[all.length - 1].length).isEqualTo(TarBlock.BYTES);
  }

  @ParameterizedTest
  @EnumSource
  void noByteOfItCanBeChangedUnlessItIsFree(HeaderField field) {
    for (int at = field.at; at < field.at + field.length; at++) {
      byte[] block = header();
      block[at] = 1;
      if (field != HeaderField.CHECKSUM) {
        MutationTest.sum(block);
      }
      if (FREE.contains(field)) {
        assertThatCode(() -> TarHeader.read(block)).doesNotThrowAnyException();
      } else {
        assertThatThrownBy(() -> TarHeader.read(block)).as("%s", at).isInstanceOf(Flaw.class);
      }
    }
  }

  @Test
  void anIdHasThirtyTwoBits() {
    byte[] block = header();
    byte[] number = {(byte) 0x80, 0, 0, 1, 0, 0, 0, 0};
    System.arraycopy(number, 0, block, HeaderField.GID.at, number.length);
    MutationTest.sum(block);

    assertThatThrownBy(() -> TarHeader.read(block))
        .hasMessageContaining("the group's number")
        .hasMessageContaining("32 bits");
  }

  private static byte[] header() {
    byte[] block = new byte[TarBlock.BYTES];
    put(block, 0, "disk.raw");
    put(block, 100, "0000644\0" + "0000000\0" + "0000000\0" + "00000001000\0" + "00000000000\0");
    put(block, 156, "0");
    put(block, 257, "ustar  \0root");
    MutationTest.sum(block);
    return block;
  }

  private static void put(byte[] block, int at, String text) {
    byte[] bytes = text.getBytes(US_ASCII);
    System.arraycopy(bytes, 0, block, at, bytes.length);
  }
}
