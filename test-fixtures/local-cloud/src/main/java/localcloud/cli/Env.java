package localcloud.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import localcloud.assembly.Arguments;
import localcloud.assembly.CommandFault;
import localcloud.assembly.DataFolder;
import localcloud.assembly.Install;
import localcloud.assembly.Names;

/** Prints the settings that lead gsutil and gcloud to a running local cloud. */
final class Env {
  private final Install install;

  Env(Install install) {
    this.install = install;
  }

  int run(List<String> options) throws IOException {
    Arguments arguments = Arguments.parse(options, Set.of(), Set.of("--data", "--as"));
    String identity = arguments.value("--as").orElse("owner");
    if (!Names.CALLERS.contains(identity)) {
      throw CommandFault.usage(
          "--as: expected %s, found '%s'", String.join(" or ", Names.CALLERS), identity);
    }
    DataFolder data =
        DataFolder.at(arguments.value("--data").map(Path::of).orElse(install.defaultData()));
    if (data.processes().running(DataFolder.ROLE).isEmpty()) {
      failEval();
      throw CommandFault.failed(
          "no local cloud runs on %s: start it with%n  %s",
          data.path(), install.command("up", data));
    }
    if (!Files.exists(data.env(identity))) {
      failEval();
      throw CommandFault.failed(
          "the local cloud on %s is still starting: try again in a moment", data.path());
    }
    System.out.print(Files.readString(data.env(identity)));
    return 0;
  }

  /** An empty output would let {@code eval} succeed, and the next gsutil would go to Google. */
  private static void failEval() {
    System.out.println("false");
  }
}
