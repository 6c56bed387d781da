package localcloud.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Stops a local cloud by the process ids that it recorded. */
final class Down {
  /** The function's processes get 5 s to end by themselves, the servers less. */
  private static final long POLITE_SECONDS = 30;

  private static final long FORCED_SECONDS = 10;

  private final Install install;

  Down(Install install) {
    this.install = install;
  }

  int run(List<String> options) throws IOException, InterruptedException {
    Arguments arguments = Arguments.parse(options, Set.of(), Set.of("--data"));
    DataFolder data =
        DataFolder.at(arguments.value("--data").map(Path::of).orElse(install.defaultData()));
    List<ProcessHandle> clouds = data.processes().running(DataFolder.ROLE);
    stop(clouds);
    List<ProcessHandle> strays = data.processes().running(DataFolder.FUNCTION_ROLE);
    stop(strays);
    Files.deleteIfExists(data.ready());
    for (String identity : Names.CALLERS) {
      Files.deleteIfExists(data.env(identity));
    }
    System.out.println(told(data, clouds, strays));
    return 0;
  }

  private static String told(
      DataFolder data, List<ProcessHandle> clouds, List<ProcessHandle> strays) {
    List<String> stopped = new ArrayList<>();
    clouds.forEach(process -> stopped.add("the local cloud (process " + process.pid() + ")"));
    strays.forEach(process -> stopped.add("a function left over (" + process.pid() + ")"));
    return stopped.isEmpty()
        ? "nothing runs on " + data.path()
        : "stopped " + String.join(", ", stopped) + "; no process is left on " + data.path();
  }

  private static void stop(List<ProcessHandle> processes) throws InterruptedException {
    processes.forEach(ProcessHandle::destroy);
    for (ProcessHandle process : processes) {
      if (!endsWithin(process, POLITE_SECONDS)) {
        process.destroyForcibly();
        if (!endsWithin(process, FORCED_SECONDS)) {
          throw CommandFault.failed("process %d does not end, not even by force", process.pid());
        }
      }
    }
  }

  private static boolean endsWithin(ProcessHandle process, long seconds)
      throws InterruptedException {
    try {
      process.onExit().get(seconds, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException runsOn) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
