package slipway.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tarballs.Kind;

/** What our reader takes, commons-compress reads to the same disk, from the gzip data on. */
class SecondOpinionTest {
  @ParameterizedTest
  @EnumSource(
      names = {
        "SPARSE",
        "PLAIN",
        "MANY_EXTENTS",
        "STORED",
        "HEADER_FIELDS",
        "SEVERAL_MEMBERS",
        "GPT",
        "LARGE_RECORD"
      })
  void readsTheSameDisk(Kind kind) throws IOException {
    byte[] bytes = Uploads.bytes(kind);

    assertThat(Readers.sumByCommonsCompress(new ByteArrayInputStream(bytes)))
        .isEqualTo(Readers.sumByUs(bytes));
  }

  /** Its size is in base 256, and commons-compress 1.28.0 reads that of a sparse disk in octal. */
  @Test
  void failsOnASparseDiskOfEightGibAndMore() throws IOException {
    byte[] bytes = Uploads.bytes(Kind.SPARSE_10_GIB);

    assertThat(Uploads.verify(bytes).diskGib()).isEqualTo(10);
    assertThatThrownBy(() -> Readers.sumByCommonsCompress(new ByteArrayInputStream(bytes)))
        .hasMessageContaining("Corrupted TAR archive");
  }
}
