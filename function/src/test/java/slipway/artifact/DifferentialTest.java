package slipway.artifact;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever our reader takes, others read to the same disk: commons-compress and Python all of it,
 * the programs, which take a process for each archive, a sample. What ours refuses is not compared:
 * strict is right, as long as {@link RealProgramsTest} shows that nobody's honest work is refused.
 */
class DifferentialTest {
  private static final long SEED = 20_261_130L;
  private static final int MUTANTS = 20_000;

  /** Of some 3200 that are taken; all of them would take the three programs a minute and more. */
  private static final int EVERY = 8;

  private static final int TYPE_AT = HeaderField.TYPE.at;
  private static final Map<Long, Taken> TAKEN = new TreeMap<>();
  private static final Set<Reason> REASONS = EnumSet.noneOf(Reason.class);

  @TempDir Path folder;

  private record Taken(byte[] archive, byte[] disk) {
    boolean sparse() {
      return archive[TYPE_AT] == 'S';
    }
  }

  @BeforeAll
  static void readAllOfThem() throws IOException {
    for (long seed = SEED; seed < SEED + MUTANTS; seed++) {
      byte[] archive = new Mutant(seed).archive();
      try {
        TAKEN.put(seed, new Taken(archive, Readers.ours(archive)));
      } catch (Flaw flaw) {
        REASONS.add(flaw.reason());
      }
    }
  }

  @Test
  void takesSomeAndRefusesOthersForEachReasonOfAHeader() {
    assertThat(TAKEN).hasSizeBetween(MUTANTS / 10, MUTANTS / 2);
    assertThat(TAKEN.values().stream().filter(Taken::sparse).count()).isGreaterThan(1000);
    assertThat(REASONS)
        .contains(
            Reason.TAR_CHECKSUM,
            Reason.TAR_NUMBER,
            Reason.TAR_FIELD,
            Reason.TAR_FORMAT,
            Reason.MEMBER_TYPE,
            Reason.NAME_OTHER,
            Reason.SPARSE_MAP);
  }

  @Test
  void commonsCompressReadsTheSame() throws IOException {
    for (Map.Entry<Long, Taken> one : TAKEN.entrySet()) {
      Taken taken = one.getValue();
      // 1.28.0 reads the whole size of a sparse member in octal only, and calls others corrupted.
      if (!taken.sparse() || taken.archive()[HeaderField.REAL_SIZE.at] >= 0) {
        assertThat(Readers.commonsCompress(taken.archive()))
            .as("seed %s", one.getKey())
            .isEqualTo(taken.disk());
      }
    }
  }

  @Test
  void pythonReadsTheSame() throws IOException, InterruptedException {
    Shell.need("python3");
    try (DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(Files.newOutputStream(folder.resolve("taken"))))) {
      for (Map.Entry<Long, Taken> one : TAKEN.entrySet()) {
        out.writeLong(one.getKey());
        for (byte[] bytes : List.of(one.getValue().archive(), one.getValue().disk())) {
          out.writeInt(bytes.length);
          out.write(bytes);
        }
      }
    }
    Files.writeString(
        folder.resolve("read.py"),
        """
        import io, struct, tarfile
        def part(file):
            return file.read(struct.unpack('>i', file.read(4))[0])
        with open('taken', 'rb') as file:
            while seed := file.read(8):
                archive, disk = part(file), part(file)
                try:
                    tar = tarfile.open(fileobj=io.BytesIO(archive))
                    found = tar.extractfile(tar.next()).read()
                except Exception as e:
                    found = repr(e)
                if found != disk:
                    print(struct.unpack('>q', seed)[0], 'differs')
        """);

    new Shell(folder).run("python3 read.py > differ");

    assertThat(folder.resolve("differ")).isEmptyFile();
  }

  /** busybox reads no sparse members. */
  @ParameterizedTest
  @CsvSource({"tar, tar, true", "bsdtar, bsdtar, true", "busybox, busybox tar, false"})
  void programsReadTheSame(String program, String command, boolean sparse)
      throws IOException, InterruptedException {
    Shell.need(program);
    for (Map.Entry<Long, Taken> one : TAKEN.entrySet()) {
      Taken taken = one.getValue();
      if (one.getKey() % EVERY == 0 && (sparse || !taken.sparse())) {
        Files.write(folder.resolve(one.getKey() + ".tar"), taken.archive());
        Files.write(folder.resolve(one.getKey() + ".disk"), taken.disk());
      }
    }

    new Shell(folder)
        .run(
            "set -o pipefail; for seed in [0-9]*.tar; do "
                + command
                + " -xOf $seed 2> said | cmp - ${seed%.tar}.disk >> said 2>&1"
                + " || { echo $seed; cat said; }; done > differ");

    assertThat(Files.readString(folder.resolve("differ"), US_ASCII)).isEmpty();
  }
}
