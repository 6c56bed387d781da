package localcloud.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import localcloud.assembly.CommandFault;
import localcloud.assembly.Text;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads a command's words into its options, and tells what is wrong with them in a sentence. */
final class Words {
  private Words() {}

  /** Returns the command with its options set: fields that picocli's annotations name. */
  static <T> T into(T command, List<String> words) {
    try {
      new CommandLine(command)
          .registerConverter(Path.class, Words::path)
          .parseArgs(words.toArray(String[]::new));
      return command;
    } catch (ParameterException fault) {
      throw CommandFault.usage("%s", sentence(fault));
    }
  }

  private static String sentence(ParameterException fault) {
    if (fault instanceof UnmatchedArgumentException unknown) {
      return Text.of("unknown option %s; --help lists them all", unknown.getUnmatched().get(0));
    }
    if (fault instanceof MissingParameterException missing) {
      return name(missing.getMissing().get(0)) + ": a value is missing after it";
    }
    if (fault instanceof OverwrittenOptionException twice) {
      return name(twice.getOverwritten()) + " is given twice";
    }
    ArgSpec option = fault.getArgSpec();
    Throwable why = fault.getCause();
    return option == null || why == null
        ? String.valueOf(fault.getMessage())
        : name(option) + ": " + why.getMessage();
  }

  private static String name(ArgSpec spec) {
    return ((OptionSpec) spec).longestName();
  }

  private static Path path(String text) {
    if (text.isEmpty()) {
      throw new TypeConversionException("a value is missing after it");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException bad) {
      throw new TypeConversionException(
          Text.of("expected a file's or a folder's path, found '%s'", text));
    }
  }

  /** A whole number within these bounds, both of which are allowed. */
  abstract static class Whole implements ITypeConverter<Integer> {
    private final int least;
    private final int most;

    Whole(int least, int most) {
      this.least = least;
      this.most = most;
    }

    @Override
    public Integer convert(String text) {
      try {
        int number = Integer.parseInt(text);
        if (number >= least && number <= most) {
          return number;
        }
      } catch (NumberFormatException notANumber) {
        // Told below, as a number out of bounds is.
      }
      throw new TypeConversionException(
          Text.of("expected a whole number from %d to %d, found '%s'", least, most, text));
    }
  }
}
