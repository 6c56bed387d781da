package localcloud.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.List;
import localcloud.assembly.CommandFault;
import localcloud.assembly.Install;

/** The command line: {@code up}, {@code env}, {@code down}. The scripts of these names start it. */
public final class Main {
  private Main() {}

  /** Exits 0 if it was done, 1 if it could not be, 2 if the command line is wrong. */
  public static void main(String[] args) {
    System.exit(run(Arrays.asList(args)));
  }

  static int run(List<String> line) {
    try {
      return dispatch(line);
    } catch (CommandFault fault) {
      System.err.println(fault.getMessage());
      return fault.exitCode();
    } catch (FileSystemException fault) {
      String reason =
          fault.getReason() == null ? fault.getClass().getSimpleName() : fault.getReason();
      System.err.println("local cloud: cannot use " + fault.getFile() + ": " + reason);
      return CommandFault.FAILED;
    } catch (IOException fault) {
      System.err.println("local cloud: " + fault.getMessage());
      return CommandFault.FAILED;
    } catch (InterruptedException stopped) {
      return CommandFault.FAILED;
    }
  }

  private static int dispatch(List<String> line) throws IOException, InterruptedException {
    String command = line.isEmpty() ? "" : line.get(0);
    List<String> options = line.isEmpty() ? List.of() : line.subList(1, line.size());
    switch (command) {
      case "up":
        return new Up(Install.found())
            .run(UpLine.parse(options, Install.found().appliance()::missing));
      case "env":
        return new Env(Install.found()).run(options);
      case "down":
        return new Down(Install.found()).run(options);
      default:
        throw CommandFault.usage("expected up, env or down, found '%s'", command);
    }
  }
}
