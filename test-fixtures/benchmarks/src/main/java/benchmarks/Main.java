package benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.ParameterException;

/** The command line: runs benchmarks one after the other. */
public final class Main {
  private static final int FAILED = 1;
  private static final int USAGE_FAULT = 2;

  private final RunOptions options;
  private final Path root;
  private final Path folder;
  private final String machine;

  private Main(RunOptions options, Path root) {
    this.options = options;
    this.root = root;
    this.folder = root.resolve("test-fixtures/benchmarks");
    this.machine = Machine.describe();
  }

  /** Exits with 0, with 1 if a benchmark could not be run, with 2 for wrong arguments. */
  public static void main(String[] args) throws IOException {
    // What the local cloud's own start script is given too.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    Runtime.getRuntime().addShutdownHook(new Thread(Main::endChildren));
    Path root = Path.of(System.getProperty("benchmarks.root", "../.."));
    try {
      RunOptions options = RunOptions.parse(List.of(args), Benchmarks.ALL);
      System.exit(new Main(options, root.toAbsolutePath().normalize()).run());
    } catch (ParameterException wrong) {
      System.err.println("run: " + wrong.getMessage() + "; run --help tells more");
      System.exit(USAGE_FAULT);
    }
  }

  /** Nothing that was started outlives this process, however it ends. */
  private static void endChildren() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
  }

  private int run() throws IOException {
    System.out.println(machine);
    int code = 0;
    for (Benchmark benchmark : options.chosen()) {
      System.out.println("\n" + benchmark.name() + ": " + benchmark.question());
      Stopwatch watch = Stopwatch.start();
      try {
        publish(benchmark, measure(benchmark));
      } catch (Exception failed) {
        System.err.println("run: " + benchmark.name() + " could not be measured:");
        failed.printStackTrace();
        code = FAILED;
      }
      System.out.println(benchmark.name() + " took " + Math.round(watch.seconds()) + " s");
    }
    return code;
  }

  private Section measure(Benchmark benchmark) throws Exception {
    Path scratch = folder.resolve("target/scratch").resolve(benchmark.name());
    delete(scratch);
    Files.createDirectories(scratch);
    try {
      return benchmark.run(new Setting(options.quick(), root, scratch, System.out));
    } finally {
      delete(scratch);
    }
  }

  private void publish(Benchmark benchmark, Section section) throws IOException {
    section.tables().forEach(table -> System.out.print("\n" + table.text()));
    section.remarks().forEach(remark -> System.out.println("\n" + remark));
    if (options.kept()) {
      for (Plot plot : section.plots()) {
        Files.writeString(folder.resolve(plot.file()), new Svg(plot).text());
      }
      String measured = machine + (options.quick() ? " Quick: small sizes, few runs." : "");
      Results.in(folder).replace(benchmark, measured, section);
    }
  }

  /** With all that is in it. */
  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      List<Path> deepestFirst;
      try (Stream<Path> found = Files.walk(folder)) {
        deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    }
  }
}
