package localcloud.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import localcloud.assembly.CommandFault;
import localcloud.assembly.DataFolder;
import localcloud.machines.QemuMachines;

/** Processes that outlived their local cloud, since it was killed or has crashed. */
final class Strays {
  /** The function's processes get 5 s to end by themselves, the servers less. */
  private static final long POLITE_SECONDS = 30;

  private static final long FORCED_SECONDS = 10;

  private Strays() {}

  /** Ends them, and says of each what it was. No local cloud may run on the folder. */
  static List<String> end(DataFolder data) throws IOException, InterruptedException {
    List<ProcessHandle> functions = data.processes().running(DataFolder.FUNCTION_ROLE);
    List<ProcessHandle> machines = data.processes().running(QemuMachines.ROLE);
    stop(functions);
    stop(machines);
    List<String> told = new ArrayList<>();
    functions.forEach(process -> told.add("a function left over (" + process.pid() + ")"));
    machines.forEach(process -> told.add("a machine left over (" + process.pid() + ")"));
    return told;
  }

  /** Asks them to end, forces those that do not, and returns when they are gone. */
  static void stop(List<ProcessHandle> processes) throws InterruptedException {
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
