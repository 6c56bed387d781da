package localcloud.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import localcloud.assembly.DataFolder;
import localcloud.assembly.Install;
import localcloud.assembly.Names;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Stops a local cloud by the process ids that it recorded. */
@Command(name = "down")
final class Down {
  private final Install install;

  @Option(names = "--data")
  private @Nullable Path path;

  Down(Install install) {
    this.install = install;
  }

  int run(List<String> options) throws IOException, InterruptedException {
    Words.into(this, options);
    DataFolder data = DataFolder.at(path == null ? install.defaultData() : path);
    List<ProcessHandle> clouds = data.processes().running(DataFolder.ROLE);
    Strays.stop(clouds);
    List<String> strays = Strays.end(data);
    Files.deleteIfExists(data.ready());
    for (String identity : Names.CALLERS) {
      Files.deleteIfExists(data.env(identity));
    }
    System.out.println(told(data, clouds, strays));
    return 0;
  }

  private static String told(DataFolder data, List<ProcessHandle> clouds, List<String> strays) {
    List<String> stopped = new ArrayList<>();
    clouds.forEach(process -> stopped.add("the local cloud (process " + process.pid() + ")"));
    stopped.addAll(strays);
    return stopped.isEmpty()
        ? "nothing runs on " + data.path()
        : "stopped " + String.join(", ", stopped) + "; no process is left on " + data.path();
  }
}
