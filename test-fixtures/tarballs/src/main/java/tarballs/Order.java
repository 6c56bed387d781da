package tarballs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** What the command line asks to be made; picocli fills it in. */
@SuppressWarnings("NullAway.Init")
final class Order {
  @Parameters(index = "0", paramLabel = "KIND", converter = Kinds.class)
  private Kind kind;

  @Parameters(index = "1", paramLabel = "FILE", converter = NewFile.class)
  private Path file;

  @Option(names = "--version", paramLabel = "V", defaultValue = "1")
  private String version;

  @Option(names = "--unhealthy")
  private boolean unhealthy;

  @Option(names = "--boot-seconds", paramLabel = "N", converter = Seconds.class)
  private @Nullable Integer bootSeconds;

  @Option(names = "--dies-after", paramLabel = "N", converter = Seconds.class)
  private @Nullable Integer diesAfter;

  @Option(names = "--error-every", paramLabel = "N", converter = Requests.class)
  private @Nullable Integer errorEvery;

  @Option(names = "--console", paramLabel = "TEXT")
  private @Nullable String console;

  Kind kind() {
    return kind;
  }

  Path file() {
    return file;
  }

  SimulatedDisk machine() {
    SimulatedDisk machine = SimulatedDisk.healthy(version);
    if (unhealthy) {
      machine = machine.unhealthy();
    }
    if (bootSeconds != null) {
      machine = machine.bootingIn(bootSeconds);
    }
    if (diesAfter != null) {
      machine = machine.dyingAfter(diesAfter);
    }
    if (errorEvery != null) {
      machine = machine.failingEvery(errorEvery);
    }
    return console == null ? machine : machine.saying(console);
  }

  private static final class Kinds implements ITypeConverter<Kind> {
    @Override
    public Kind convert(String name) {
      return Arrays.stream(Kind.values())
          .filter(kind -> kind.argument().equals(name))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "expected one that make --list shows, found " + name));
    }
  }

  private static final class NewFile implements ITypeConverter<Path> {
    @Override
    public Path convert(String name) {
      Path file = Path.of(name);
      Path folder = file.toAbsolutePath().getParent();
      if (folder == null || !Files.isDirectory(folder)) {
        throw new TypeConversionException("there is no folder " + folder + "; create it first");
      }
      return file;
    }
  }

  private static final class Requests implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (!text.matches("[1-9][0-9]{0,8}")) {
        throw new TypeConversionException(
            "expected a whole number of requests from 1 on, found " + text);
      }
      return Integer.valueOf(text);
    }
  }

  private static final class Seconds implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (!text.matches("[0-9]{1,9}")) {
        throw new TypeConversionException(
            "expected a whole number of seconds from 0 on, found " + text);
      }
      return Integer.valueOf(text);
    }
  }
}
