package tarballs;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The command line: makes one tarball, or lists the kinds. */
public final class Main {
  private static final int USAGE_FAULT = 2;

  private Main() {}

  /** Exits with 0, with 1 if the file cannot be written, with 2 for wrong arguments. */
  public static void main(String[] args) {
    System.exit(run(args, System.out, System.err));
  }

  static int run(String[] args, PrintStream out, PrintStream err) {
    try {
      if (args.length == 1 && args[0].equals("--list")) {
        list(out);
      } else {
        make(args, out);
      }
      return 0;
    } catch (IllegalArgumentException e) {
      err.println("make: " + e.getMessage());
      return USAGE_FAULT;
    } catch (IOException e) {
      err.println("make: the file cannot be written: " + e);
      return 1;
    }
  }

  private static void list(PrintStream out) {
    for (Kind kind : Kind.values()) {
      String verdict = kind.good() ? "good" : "bad";
      out.printf(Locale.ROOT, "%-20s %-4s %s%n", kind.argument(), verdict, kind.description());
    }
  }

  private static void make(String[] args, PrintStream out) throws IOException {
    if (args.length < 2 || args[0].startsWith("--") || args[1].startsWith("--")) {
      throw new IllegalArgumentException(
          "expected KIND FILE or --list, found " + found(args) + "; make --help tells more");
    }
    Kind kind = kind(args[0]);
    Path file = Path.of(args[1]);
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "FILE: there is no folder " + folder + "; create it first");
    }
    Options options = Options.parse(Arrays.copyOfRange(args, 2, args.length));
    Tarball.write(kind, options.machine(), file);
    out.println(file + ": " + kind.description() + ", " + Files.size(file) + " bytes");
  }

  private static Kind kind(String name) {
    Optional<Kind> kind =
        Arrays.stream(Kind.values()).filter(k -> k.argument().equals(name)).findFirst();
    return kind.orElseThrow(
        () ->
            new IllegalArgumentException(
                "KIND: expected one that make --list shows, found " + name));
  }

  private static String found(String[] args) {
    return args.length == 0 ? "nothing" : String.join(" ", args);
  }
}
