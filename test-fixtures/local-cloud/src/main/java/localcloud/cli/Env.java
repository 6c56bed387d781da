package localcloud.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Prints the settings that lead gsutil and gcloud to a running local cloud. */
final class Env {
  private final Install install;

  Env(Install install) {
    this.install = install;
  }

  int run(List<String> options) throws IOException {
    Arguments arguments = Arguments.parse(options, Set.of(), Set.of("--data", "--as"));
    checkIdentity(arguments.value("--as").orElse("owner"));
    DataFolder data =
        DataFolder.at(arguments.value("--data").map(Path::of).orElse(install.defaultData()));
    if (data.processes().running(DataFolder.ROLE).isEmpty()) {
      failEval();
      throw CommandFault.failed(
          "no local cloud runs on %s: start it with%n  %s",
          data.path(), install.command("up", data));
    }
    if (!Files.exists(data.env())) {
      failEval();
      throw CommandFault.failed(
          "the local cloud on %s is still starting: try again in a moment", data.path());
    }
    System.out.print(Files.readString(data.env()));
    return 0;
  }

  /** An empty output would let {@code eval} succeed, and the next gsutil would go to Google. */
  private static void failEval() {
    System.out.println("false");
  }

  private static void checkIdentity(String identity) {
    if (identity.equals("ci")) {
      throw CommandFault.usage(
          "--as ci: this version does not enforce permissions, so it has the owner alone");
    }
    if (!identity.equals("owner")) {
      throw CommandFault.usage("--as: expected owner, found '%s'", identity);
    }
  }
}
