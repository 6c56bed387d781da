package localcloud.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import localcloud.access.Grants;
import localcloud.assembly.AlarmSeed;
import localcloud.assembly.Api;
import localcloud.assembly.Closing;
import localcloud.assembly.CommandFault;
import localcloud.assembly.ComputeClient;
import localcloud.assembly.DataFolder;
import localcloud.assembly.Disks;
import localcloud.assembly.FirstVersion;
import localcloud.assembly.Install;
import localcloud.assembly.LocalCloud;
import localcloud.assembly.Names;
import localcloud.assembly.Seed;
import localcloud.assembly.UpOptions;
import localcloud.demo.Demo;

/** Starts the local cloud, and stays until it is told to stop, or until the demo is over. */
final class Up {
  private final Install install;

  Up(Install install) {
    this.install = install;
  }

  int run(UpOptions options) throws IOException, InterruptedException {
    DataFolder data = folder(options);
    Closing closing = new Closing();
    AtomicBoolean asked = new AtomicBoolean();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(closing, asked), "stopping"));
    try (closing) {
      closing.add(DataLock.take(data, install.command("down", data)));
      prepare(data, options, closing);
      return options.demo()
          ? new Demo(install, data, options).run(closing)
          : stay(data, options, closing);
    } catch (IOException fault) {
      if (asked.get()) {
        // Ctrl-C while it started: what broke was being stopped.
        return CommandFault.FAILED;
      }
      throw fault;
    }
  }

  private static void stop(Closing closing, AtomicBoolean asked) {
    asked.set(true);
    closing.close();
  }

  private DataFolder folder(UpOptions options) throws IOException {
    DataFolder data =
        DataFolder.at(
            options.data().orElseGet(options.demo() ? install::demoData : install::defaultData));
    if (options.demo() && options.data().isPresent() && data.isUsed()) {
      throw CommandFault.failed(
          "%s is not empty: the demo starts from nothing. Name an empty folder, or leave --data out",
          data.path());
    }
    return data;
  }

  private static void prepare(DataFolder data, UpOptions options, Closing closing)
      throws IOException, InterruptedException {
    for (String stray : Strays.end(data)) {
      System.out.println("Stopped " + stray + ": the local cloud before was killed.");
    }
    if (options.demo()) {
      data.wipe();
    }
    Files.deleteIfExists(data.ready());
    for (String identity : Names.CALLERS) {
      Files.deleteIfExists(data.env(identity));
    }
    ProcessHandle self = ProcessHandle.current();
    data.processes().add(self, DataFolder.ROLE);
    closing.add(() -> data.processes().remove(self.pid()));
  }

  private int stay(DataFolder data, UpOptions options, Closing closing)
      throws IOException, InterruptedException {
    Grants grants = install.grants();
    LocalCloud cloud = LocalCloud.start(data, options, () -> grants, closing);
    Api api = new Api(cloud.endpoint());
    System.out.println(
        "Starting: an image of version 1 and three instances, in a minute or two of cloud time.\n"
            + "Machines: "
            + options.machines().text()
            + ".");
    new Seed(api, new Disks(install, data, options.machines())).plant();
    if (options.alarms()) {
      new AlarmSeed(api).plant();
    }
    int functionPort = cloud.startFunction(install, options);
    new FirstVersion(new ComputeClient(api), cloud.clock()).await(Duration.ofMinutes(10));
    System.out.print(new Banner(install, data, options).text(cloud, functionPort));
    System.out.flush();
    Files.writeString(data.ready(), ProcessHandle.current().pid() + "\n");
    closing.add(() -> Files.deleteIfExists(data.ready()));
    new CountDownLatch(1).await();
    return 0;
  }
}
