package benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tarballs.FilledDisk;

/** A large disk, deployed by a function with little memory. */
final class MemoryBenchmark implements Benchmark {
  private static final int MIB = 256;

  /** What the platform gives to 256 MiB. */
  private static final double SHARE = 1 / 6.0;

  private static final int CALL_SECONDS = 540;

  private static final String EXPLANATION =
      "One upload to a group of three, three more at a time, no canary, a soak of 1 s. The local"
          + " cloud runs "
          + SmallFunction.CLOUD_SPEED
          + " times as fast as the clock, and the function as the clock: of the whole call, image"
          + " creation and machines take that much less than they would; the proof takes its time.";

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public String question() {
    return "Memory: a large disk in a process of 256 MiB";
  }

  /** One deployment. */
  private record Case(String cpu, double cores, int gib, boolean sparse) {
    String words() {
      return gib + " GiB, " + (sparse ? "sparse" : "plain") + ", " + cpu;
    }
  }

  /** The runtime that infra/ takes by default is the newest. */
  private static Jdk jdk() throws IOException {
    List<Jdk> all = Jdk.all();
    return all.get(all.size() - 1);
  }

  @Override
  public Section run(Setting setting) throws Exception {
    int gib = setting.quick() ? 1 : 10;
    List<Case> cases =
        List.of(
            new Case("one core", 1, gib, false), new Case("a sixth of a core", SHARE, gib, true));
    List<List<String>> rows = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    remarks.add(EXPLANATION);
    for (Case one : cases) {
      setting.out().println("  " + one.words());
      Path folder = Files.createDirectory(setting.scratch().resolve("case-" + rows.size()));
      Path tarball = tarball(one, folder);
      SmallFunction.Taken taken = deploy(one, tarball, setting, folder);
      rows.add(row(one, taken));
      remarks.add(remark(one, taken));
      Main.delete(folder);
    }
    Table table =
        new Table(
            "A deployment by a function of " + MIB + " MiB, JDK " + jdk().version(),
            List.of("", "start", "proof", "whole call", "heap", "process"),
            rows);
    return new Section(List.of(table), List.of(), remarks);
  }

  private static Path tarball(Case one, Path folder) throws Exception {
    Path file = folder.resolve("mir-riseos-2.tar.gz");
    try (OutputStream out = Files.newOutputStream(file)) {
      FilledDisk.write(one.gib(), one.sparse(), out);
    }
    return file;
  }

  private static SmallFunction.Taken deploy(Case one, Path tarball, Setting setting, Path folder)
      throws Exception {
    SmallFunction function = new SmallFunction(setting.root(), folder);
    List<String> java = Invoker.small(jdk().java(), MIB);
    java.add(function.heapLog());
    Optional<Cage> made = Cage.make(MIB, one.cores());
    try (Cage cage =
        made.orElseThrow(
            () -> new IOException("no control group can be made here: it takes Linux and root"))) {
      return function.deploy(tarball, cage.around(java));
    }
  }

  private static List<String> row(Case one, SmallFunction.Taken taken) {
    return List.of(
        one.words(),
        Spread.number(taken.readySeconds()) + " s",
        Spread.number(taken.provenSeconds()) + " s",
        Spread.number(taken.totalSeconds()) + " s",
        Spread.number(taken.heapMib()) + " MiB",
        Spread.number(taken.peakMib()) + " MiB");
  }

  private static String remark(Case one, SmallFunction.Taken taken) {
    String memory =
        "A disk of "
            + one.words()
            + ": deployed in a control group of "
            + MIB
            + " MiB, of which the process used "
            + Spread.number(taken.peakMib())
            + " MiB.";
    return one.sparse()
        ? memory
            + " A plain one has eight times as many bytes: at most "
            + Spread.number(8 * taken.provenSeconds())
            + " s at that pace, of the "
            + CALL_SECONDS
            + " s of a call."
        : memory;
  }
}
