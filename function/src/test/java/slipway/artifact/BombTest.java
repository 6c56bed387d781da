package slipway.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.fault.Rejection;
import tarballs.Kind;

/** Bombs are told by what they declare, or stopped at a limit: never read to their end. */
class BombTest {
  /** Three times the buffer. */
  private static final long MOST_READ = 3 * 64 * 1024;

  @ParameterizedTest
  @EnumSource(
      names = {
        "LONG_NAME_BOMB",
        "GZIP_NAME_BOMB",
        "GZIP_BOMB",
        "ZEROS_AFTER_END",
        "MAP_ENDLESS_EMPTY",
        "MAP_ENDLESS_BLANK",
        "GZIP_OF_DISK"
      })
  void stopsEarly(Kind kind) throws IOException {
    byte[] bytes = Uploads.bytes(kind);
    Counting in = new Counting(new ByteArrayInputStream(bytes));
    Verifier verifier = new Verifier(new Limits(10, () -> false));

    assertThatThrownBy(() -> verifier.verify(Uploads.of(bytes), in)).isInstanceOf(Rejection.class);

    assertThat(in.count).isLessThanOrEqualTo(MOST_READ).isLessThan(bytes.length);
  }

  private static final class Counting extends FilterInputStream {
    private long count;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      int read = super.read(to, offset, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
