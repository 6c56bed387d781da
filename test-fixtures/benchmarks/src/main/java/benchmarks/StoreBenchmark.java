package benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;

/** How fast the local cloud's Cloud Storage takes objects, large and small, and what they cost. */
final class StoreBenchmark implements Benchmark {
  private static final String BUCKET = "many-objects";
  private static final int CONNECTIONS = 16;
  private static final int BUFFER_BYTES = 1 << 16;
  private static final double MOST_TIMES = 1.5;
  private static final double FEWEST_PUTS = 2000;

  /**
   * What was found.
   *
   * @param empty seconds until an empty local cloud is ready
   * @param full the same with all objects
   * @param file seconds to read, write and hash the large file
   * @param upload seconds to upload it
   */
  private record Found(
      List<Double> empty,
      List<Double> full,
      List<Double> puts,
      List<Double> cpuMicros,
      List<Double> file,
      List<Double> upload,
      List<Double> peakMib) {
    Found() {
      this(
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>());
    }

    Spread ratio() {
      double[] ratios = new double[file.size()];
      for (int i = 0; i < ratios.length; i++) {
        ratios[i] = upload.get(i) / file.get(i);
      }
      return Spread.of(ratios);
    }
  }

  @Override
  public String name() {
    return "store";
  }

  @Override
  public String question() {
    return "Local cloud: large and many objects";
  }

  @Override
  public Section run(Setting setting) throws Exception {
    int rounds = setting.quick() ? 1 : 5;
    int objects = setting.quick() ? 1_000 : 50_000;
    int mib = setting.quick() ? 16 : 500;
    String before = load();
    Found found = new Found();
    Path full = setting.scratch().resolve("full");
    try (StoreServer server = StoreServer.start(setting.root(), full)) {
      server.makeBucket(BUCKET);
      for (int round = 0; round < rounds; round++) {
        put(server, found, "r" + round + "-", objects / rounds);
      }
      setting.out().println("puts a second: " + found.puts());
      uploads(server, found, file(setting.scratch(), mib), rounds);
      setting.out().println("upload: " + found.upload() + ", file: " + found.file());
      found.peakMib().add(server.peakMib());
    }
    starts(setting, found, full, rounds);
    return new Section(
        List.of(table(found, objects, mib)), List.of(), remarks(found, before, load()));
  }

  private static void put(StoreServer server, Found found, String prefix, int count)
      throws IOException, InterruptedException {
    double before = server.cpuSeconds();
    Measured measured =
        Child.measured(
            Child.command(
                List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                StoreLoad.class,
                Integer.toString(server.port()),
                BUCKET,
                prefix,
                Integer.toString(count),
                Integer.toString(CONNECTIONS)));
    found.puts().add(measured.median("puts") / measured.median("seconds"));
    found.cpuMicros().add((server.cpuSeconds() - before) * 1e6 / count);
  }

  /** One after the other in each round, so that both meet the machine in the same state. */
  private static void uploads(StoreServer server, Found found, Path file, int rounds)
      throws IOException, InterruptedException, NoSuchAlgorithmException {
    for (int round = 0; round < rounds; round++) {
      found.file().add(writeAndHash(file));
      found
          .upload()
          .add(
              Child.measured(
                      Child.command(
                          List.of("-XX:+UseSerialGC"),
                          StoreLoad.class,
                          Integer.toString(server.port()),
                          BUCKET,
                          file.toString()))
                  .median("seconds"));
    }
  }

  private static void starts(Setting setting, Found found, Path full, int rounds)
      throws IOException {
    for (int round = 0; round < rounds; round++) {
      Path empty = setting.scratch().resolve("empty-" + round);
      try (StoreServer server = StoreServer.start(setting.root(), empty)) {
        found.empty().add(server.startSeconds());
      }
      try (StoreServer server = StoreServer.start(setting.root(), full)) {
        found.full().add(server.startSeconds());
      }
    }
  }

  private static Path file(Path folder, int mib) throws IOException {
    Path file = folder.resolve("large");
    byte[] block = new byte[1 << 20];
    Random random = new Random(1);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < mib; i++) {
        random.nextBytes(block);
        out.write(block);
      }
    }
    return file;
  }

  /** What any store does with an upload: a file of its own, with the two sums that Google gives. */
  private static double writeAndHash(Path file) throws IOException, NoSuchAlgorithmException {
    Path copy = file.resolveSibling("copy");
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    CRC32C crc = new CRC32C();
    byte[] buffer = new byte[BUFFER_BYTES];
    Stopwatch watch = Stopwatch.start();
    try (InputStream in = Files.newInputStream(file);
        OutputStream out = Files.newOutputStream(copy)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
        crc.update(buffer, 0, read);
        md5.update(buffer, 0, read);
      }
    }
    md5.digest();
    double seconds = watch.seconds();
    Files.delete(copy);
    return seconds;
  }

  private static Table table(Found found, int objects, int mib) {
    return new Table(
        "With the heap of 512 MiB that `up` gives itself",
        List.of("", "measured"),
        List.of(
            List.of("start, empty", Spread.of(found.empty()).text("s")),
            List.of("start, with " + objects + " objects", Spread.of(found.full()).text("s")),
            List.of(
                "puts of 100 bytes a second on 16 connections", Spread.of(found.puts()).text("")),
            List.of("CPU of the local cloud for one", Spread.of(found.cpuMicros()).text("µs")),
            List.of("reading, writing and hashing " + mib + " MiB", seconds(found.file())),
            List.of("uploading them", seconds(found.upload())),
            List.of("upload/file", found.ratio().text("")),
            List.of("peak memory", Spread.of(found.peakMib()).text("MiB"))));
  }

  private static String seconds(List<Double> found) {
    return Spread.of(found).text("s");
  }

  private static List<String> remarks(Found found, String before, String after) {
    double puts = Spread.of(found.puts()).median();
    return List.of(
        "Client and local cloud share the machine, whose load over one minute was "
            + before
            + " before and "
            + after
            + " after. Starts are of the script `up` at 100 times the clock's speed, with a first"
            + " version and three simulated instances; each round starts an empty one and the full"
            + " one. The sums are CRC32C and MD5.",
        new Goal(
                "An upload, to reading, writing and hashing the file",
                found.ratio().median(),
                MOST_TIMES)
            .sentence(),
        "Puts a second: "
            + Spread.number(puts)
            + "; the goal of at least "
            + Spread.number(FEWEST_PUTS)
            + " is "
            + (puts >= FEWEST_PUTS ? "met." : "missed."));
  }

  private static String load() throws IOException {
    return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
  }
}
