package slipway.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.apache.commons.io.Charsets;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.fault.Rejection;
import tarballs.Kind;
import tarballs.SimulatedDisk;
import tarballs.Tarball;

/**
 * Whatever the bytes, they are taken or rejected, each within ten seconds and in a heap of 64 MiB:
 * in a JVM of its own Jazzer looks for bytes that reach new branches of the proof. Only in Maven's
 * profile {@code fuzz}; the class's name keeps it out of every other build.
 */
class TarballFuzzing {
  private static final String JAZZER = "com.code_intelligence.jazzer.Jazzer";
  private static final String JAZZER_API = "com.code_intelligence.jazzer.api.FuzzedDataProvider";
  private static final String RUNS = System.getProperty("fuzz.runs", "500000");

  /** Jazzer takes 71 MiB while it starts and 36 later, so the proof has less than 64 MiB. */
  private static final String WITH_JAZZER = "-Xmx96m";

  private static final String ALONE = "-Xmx64m";

  /** Of larger kinds, bombs and whole disks, the beginning: all of one slows the search down. */
  private static final int MOST_BYTES = 16 * 1024;

  @ParameterizedTest
  @ValueSource(classes = {AsGzip.class, AsTar.class})
  void findsNothingButRefusals(Class<?> entry) throws Exception {
    Path folder = Path.of("target", "fuzzing", entry.getSimpleName()).toAbsolutePath();
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    for (Kind kind : Kind.values()) {
      byte[] seed = entry == AsTar.class ? tar(gzip(kind)) : gzip(kind);
      Files.write(corpus.resolve(kind.argument()), seed);
    }

    String found =
        run(
            folder,
            WITH_JAZZER,
            "-XX:+EnableDynamicAgentLoading",
            JAZZER,
            "--target_class=" + entry.getName(),
            "--instrumentation_includes=slipway.**",
            "--reproducer_path=" + folder,
            "-artifact_prefix=" + folder + File.separator,
            "-runs=" + RUNS,
            "-timeout=10",
            "-max_len=" + MOST_BYTES,
            "-print_final_stats=1",
            corpus.toString());
    String again =
        run(folder, ALONE, Again.class.getName(), entry.getSimpleName(), corpus.toString());

    System.out.println(entry.getSimpleName() + ", no finding:\n" + figures(found) + again);
  }

  private static String figures(String said) {
    return said.lines()
        .filter(line -> line.matches(".*\\bDONE\\b.*|Done .*|stat::.*"))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** Returns what the JVM said. */
  private static String run(Path folder, String... arguments) throws Exception {
    Path log = folder.resolve("log");
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classPath());
    int exit =
        new ProcessBuilder(Stream.concat(java.stream(), Stream.of(arguments)).toList())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    List<String> said = Files.readAllLines(log);
    List<String> end = said.subList(Math.max(0, said.size() - 40), said.size());
    assertThat(exit).as("%s\n%s", folder, String.join("\n", end)).isZero();
    return String.join("\n", said);
  }

  /** As little as will do: Jazzer looks through all of it first, which would take more heap. */
  private static String classPath() throws Exception {
    Set<String> path = new LinkedHashSet<>();
    for (Class<?> needed :
        List.of(
            Verifier.class,
            TarUtils.class,
            Charsets.class,
            TarballFuzzing.class,
            Assertions.class,
            Class.forName(JAZZER),
            Class.forName(JAZZER_API))) {
      path.add(
          Path.of(needed.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    }
    return String.join(File.pathSeparator, path);
  }

  /** The beginning of it, if it is a large one. */
  private static byte[] gzip(Kind kind) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      Tarball.write(kind, SimulatedDisk.healthy("2"), new Bounded(bytes));
    } catch (IOException full) {
      assertThat(bytes.size()).isEqualTo(MOST_BYTES);
    }
    return bytes.toByteArray();
  }

  /** What can be unpacked of it. */
  private static byte[] tar(byte[] gzip) {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      in.transferTo(new Bounded(tar));
    } catch (IOException damagedOrFull) {
      assertThat(tar.size()).isLessThanOrEqualTo(MOST_BYTES);
    }
    return tar.toByteArray();
  }

  private static final class Bounded extends FilterOutputStream {
    private int left = MOST_BYTES;

    Bounded(ByteArrayOutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int taken = Math.min(left, length);
      out.write(bytes, offset, taken);
      left -= taken;
      if (taken < length) {
        throw new IOException("full");
      }
    }
  }

  /** The bytes are the upload. */
  public static final class AsGzip {
    private AsGzip() {}

    /** Jazzer's entry: what is thrown is a finding. */
    public static void fuzzerTestOneInput(byte[] upload) throws IOException {
      try {
        assertThat(Uploads.verify(upload).diskGib()).isBetween(1, 10);
      } catch (Rejection refused) {
        assertThat(refused.nextStep()).isNotEmpty();
      }
    }
  }

  /** The bytes are a tar archive, whose first header gets the right checksum, in a whole gzip. */
  public static final class AsTar {
    private AsTar() {}

    /** Jazzer's entry: what is thrown is a finding. */
    public static void fuzzerTestOneInput(byte[] archive) throws IOException {
      byte[] tar = archive.clone();
      if (tar.length >= TarBlock.BYTES) {
        MutationTest.sum(tar);
      }
      AsGzip.fuzzerTestOneInput(MutationTest.gzip(tar));
    }
  }

  /** All that reached new branches, once more without Jazzer. */
  static final class Again {
    private Again() {}

    /** Takes the entry and the folder. */
    public static void main(String[] args) throws IOException {
      boolean asTar = args[0].equals(AsTar.class.getSimpleName());
      try (Stream<Path> corpus = Files.list(Path.of(args[1]))) {
        List<Path> files = corpus.toList();
        for (Path file : files) {
          byte[] bytes = Files.readAllBytes(file);
          if (asTar) {
            AsTar.fuzzerTestOneInput(bytes);
          } else {
            AsGzip.fuzzerTestOneInput(bytes);
          }
        }
        System.out.println(files.size() + " of these once more in a heap of 64 MiB");
      }
    }
  }
}
