package localcloud.cli;

import localcloud.assembly.DataFolder;
import localcloud.assembly.Install;
import localcloud.assembly.LocalCloud;
import localcloud.assembly.Names;
import localcloud.assembly.Text;
import localcloud.assembly.UpOptions;
import localcloud.http.ApiServer;

/** What {@code up} prints once everything runs. */
final class Banner {
  private final Install install;
  private final DataFolder data;
  private final UpOptions options;

  Banner(Install install, DataFolder data, UpOptions options) {
    this.install = install;
    this.data = data;
    this.options = options;
  }

  String text(LocalCloud cloud, int functionPort) {
    ApiServer.Ports api = cloud.ports();
    String speed =
        options.speed() == 1 ? "as fast as the clock" : options.speed() + " times as fast";
    return Text.of(
            "The local cloud runs: process %d, cloud time %s.%n%n",
            ProcessHandle.current().pid(), speed)
        + row("API over HTTP", "http://localhost:%d (/storage/v1, /compute/v1)", api.http())
        + row("API over HTTPS", "https://localhost:%d", api.https())
        + row("load balancer", "http://localhost:%d", cloud.balancer().port())
        + row("the page", "%s", cloud.page())
        + row("the function", "http://localhost:%d, and on every other address of", functionPort)
        + row("", "this computer: Google's framework has no option for less")
        + row("its log", "%s", Install.shown(data.functionLog()))
        + row("machines", "%s", options.machines().text())
        + row("data", "%s", Install.shown(data.path()))
        + row("buckets", "%s, %s, %s", Names.UPLOADS, Names.RECORDS, Names.PRIVATE)
        + row("group", "%s: %d instances at rest", Names.GROUP, Names.GROUP_SIZE)
        + next();
  }

  private static String row(String what, String format, Object... values) {
    return Text.of("  %-16s %s%n", what, Text.of(format, values));
  }

  /** The commands for another terminal. */
  String next() {
    return Text.of(
        """

        Next, in another terminal:
          eval "$(%s)"
          %s
          gsutil cp mir-riseos-2.tar.gz gs://%s/
          gcloud compute instance-groups managed list-instances %s --zone %s
          gsutil cat 'gs://%s/deployments/mir-riseos-2.tar.gz/*'

        To stop it, Ctrl-C here or:
          %s
        """,
        install.command("env", data),
        versionTwo(),
        Names.UPLOADS,
        Names.GROUP,
        Names.ZONE,
        Names.RECORDS,
        install.command("down", data));
  }

  /** Only a whole disk boots on real machines. */
  private String versionTwo() {
    return options.machines().real()
        ? Text.of("cp \"$(%s 2)\" mir-riseos-2.tar.gz", install.applianceBuild())
        : install.tarballsMake() + " sparse mir-riseos-2.tar.gz --version 2";
  }
}
