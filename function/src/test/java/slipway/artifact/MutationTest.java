package slipway.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import slipway.fault.Rejection;
import tarballs.Kind;

/** Damages a good tarball at random: it is taken or rejected, and nothing else ever happens. */
class MutationTest {
  private static final long SEED = 20_261_122L;
  private static final int MUTATIONS = 1000;
  private static final int BLOCK = 512;

  /** The header and the seven blocks that go on with its sparse map. */
  private static final int HEADERS = 8 * BLOCK;

  @Test
  @Timeout(600)
  void survivesDamagedGzip() throws IOException {
    byte[] good = Uploads.bytes(Kind.SPARSE);
    int rejected = 0;
    for (long seed = SEED; seed < SEED + MUTATIONS; seed++) {
      byte[] damaged = damaged(good, good.length, new SplittableRandom(seed));
      rejected += judge(damaged, seed);
    }

    assertThat(rejected).isGreaterThan(MUTATIONS * 9 / 10);
  }

  @Test
  @Timeout(600)
  void survivesDamagedHeaders() throws IOException {
    byte[] good =
        new GZIPInputStream(new ByteArrayInputStream(Uploads.bytes(Kind.MANY_EXTENTS)))
            .readAllBytes();
    int rejected = 0;
    for (long seed = SEED; seed < SEED + MUTATIONS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] damaged = damaged(good, HEADERS, random);
      if (damaged.length >= BLOCK && random.nextInt(8) > 0) {
        sum(damaged);
      }
      rejected += judge(gzip(damaged), seed);
    }

    assertThat(rejected).isBetween(MUTATIONS / 2, MUTATIONS);
  }

  private static int judge(byte[] bytes, long seed) {
    try {
      assertThat(Uploads.verify(bytes).diskGib()).isBetween(1, 10);
      return 0;
    } catch (Rejection e) {
      assertThat(e.nextStep()).as("seed %s", seed).isNotEmpty();
      return 1;
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      throw new AssertionError("expected to be taken or rejected; seed " + seed, e);
    }
  }

  /** One to three changes within the first {@code reach} bytes. */
  private static byte[] damaged(byte[] good, int reach, SplittableRandom random) {
    byte[] bytes = good.clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(Math.min(reach, bytes.length));
      switch (random.nextInt(8)) {
        case 0 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
        case 1 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 30), (byte) 0);
        case 2 -> bytes = doubled(bytes, at);
        case 3, 4 -> bytes[at] = (byte) random.nextInt();
        case 5, 6 -> bytes[at] = (byte) ('0' + random.nextInt(8));
        default -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      }
    }
    return bytes;
  }

  private static byte[] doubled(byte[] bytes, int at) {
    byte[] longer = Arrays.copyOf(bytes, bytes.length + bytes.length - at);
    System.arraycopy(bytes, at, longer, bytes.length, bytes.length - at);
    return longer;
  }

  /** Gives the first header the right checksum. */
  static void sum(byte[] tar) {
    long sum = TarBlock.sum(Arrays.copyOf(tar, BLOCK));
    byte[] digits = String.format(Locale.ROOT, "%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(digits, 0, tar, 148, digits.length);
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
