package tarballs;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line: makes one tarball, or lists the kinds. */
@Command(name = "make")
public final class Main implements Callable<Integer> {
  private static final int USAGE_FAULT = 2;

  @SuppressWarnings("NullAway.Init")
  @ArgGroup(multiplicity = "1")
  private Choice choice;

  private final PrintStream out;

  private Main(PrintStream out) {
    this.out = out;
  }

  /** One of the two. */
  private static final class Choice {
    @Option(names = "--list", required = true)
    private boolean list;

    @ArgGroup(exclusive = false)
    private @Nullable Order order;
  }

  /** Exits with 0, with 1 if the file cannot be written, with 2 for wrong arguments. */
  public static void main(String[] args) {
    System.exit(run(args, System.out, System.err));
  }

  static int run(String[] args, PrintStream out, PrintStream err) {
    return new CommandLine(new Main(out))
        .setAllowOptionsAsOptionParameters(false)
        .setParameterExceptionHandler(
            (wrong, words) -> {
              err.println("make: " + wrong.getMessage() + "; make --help tells more");
              return USAGE_FAULT;
            })
        .setExecutionExceptionHandler(
            (failed, line, words) -> {
              err.println("make: the file cannot be written: " + failed);
              return 1;
            })
        .execute(args);
  }

  @Override
  public Integer call() throws IOException {
    if (choice.order == null) {
      list();
    } else {
      make(choice.order);
    }
    return 0;
  }

  private void list() {
    for (Kind kind : Kind.values()) {
      String verdict = kind.good() ? "good" : "bad";
      out.printf(Locale.ROOT, "%-20s %-4s %s%n", kind.argument(), verdict, kind.description());
    }
  }

  private void make(Order order) throws IOException {
    Tarball.write(order.kind(), order.machine(), order.file());
    long bytes = Files.size(order.file());
    out.println(order.file() + ": " + order.kind().description() + ", " + bytes + " bytes");
  }
}
