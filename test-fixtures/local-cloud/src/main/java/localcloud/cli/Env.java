package localcloud.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import localcloud.assembly.CommandFault;
import localcloud.assembly.DataFolder;
import localcloud.assembly.Install;
import localcloud.assembly.Names;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the settings that lead gsutil and gcloud to a running local cloud. */
@Command(name = "env")
final class Env {
  private final Install install;

  @Option(names = "--data")
  private @Nullable Path path;

  @Option(names = "--as")
  private String identity = Names.CALLERS.get(0);

  Env(Install install) {
    this.install = install;
  }

  int run(List<String> options) throws IOException {
    Words.into(this, options);
    if (!Names.CALLERS.contains(identity)) {
      throw CommandFault.usage(
          "--as: expected %s, found '%s'", String.join(" or ", Names.CALLERS), identity);
    }
    DataFolder data = DataFolder.at(path == null ? install.defaultData() : path);
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
