package benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** From the upload to every instance serving, with machines that boot the uploaded disk. */
final class ServingBenchmark implements Benchmark {
  private static final double MIB = 1 << 20;
  private static final int MACHINES = Passage.PARTS.indexOf("machines");

  @Override
  public String name() {
    return "serving";
  }

  @Override
  public String question() {
    return "How long from the upload until the new version serves?";
  }

  @Override
  public Section run(Setting setting) throws Exception {
    List<Deployments> all = new ArrayList<>();
    int version = 1;
    try (RealCloud cloud = new RealCloud(setting.scratch().resolve("cloud"))) {
      for (int size : setting.quick() ? List.of(1) : List.of(1, 3, 10)) {
        cloud.resize(size);
        for (BootableDisk disk : BootableDisk.values()) {
          Deployments one = new Deployments(size, disk, new ArrayList<>(), new ArrayList<>());
          for (int i = 0; i < (setting.quick() ? 1 : 2); i++) {
            version++;
            Path tarball = disk.tarball(version, setting.root(), setting.scratch());
            one.passages.add(cloud.deploy(tarball, size));
            one.mib.add(Files.size(tarball) / MIB);
            Files.delete(tarball);
          }
          all.add(one);
          setting.out().println(one.label() + ": " + one.wholes().text("s"));
        }
      }
    }
    return new Section(List.of(table(all)), List.of(plot(all)), remarks(all));
  }

  /** Deployments of one kind of disk to a group of one size. */
  private record Deployments(
      int size, BootableDisk disk, List<Passage> passages, List<Double> mib) {
    String label() {
      return disk.words() + ", " + size + (size == 1 ? " instance" : " instances");
    }

    Spread wholes() {
      return Spread.of(passages.stream().map(Passage::uploadToServing).toList());
    }

    Spread part(int part) {
      return Spread.of(passages.stream().map(passage -> passage.parts().get(part)).toList());
    }
  }

  private static Table table(List<Deployments> all) {
    List<String> columns = new ArrayList<>(List.of("disk, group", "tarball", "upload to serving"));
    columns.addAll(Passage.PARTS);
    List<List<String>> rows = new ArrayList<>();
    for (Deployments one : all) {
      List<String> row = new ArrayList<>();
      row.add(one.label());
      row.add(Spread.number(Spread.of(one.mib).median()) + " MiB");
      row.add(one.wholes().text("s"));
      parts().forEach(part -> row.add(Spread.number(one.part(part).median()) + " s"));
      rows.add(row);
    }
    return new Table("Upload to serving, medians of each part", columns, rows);
  }

  private static Plot plot(List<Deployments> all) {
    return new Plot(
        "serving.svg",
        "From the upload to serving and to the record, machines under QEMU",
        "seconds",
        Passage.PARTS,
        all.stream()
            .map(
                one ->
                    new Bar(
                        one.label(), parts().mapToObj(part -> one.part(part).median()).toList()))
            .toList());
  }

  private static IntStream parts() {
    return IntStream.range(0, Passage.PARTS.size());
  }

  private static List<String> remarks(List<Deployments> all) {
    double machines = all.stream().mapToDouble(one -> one.part(MACHINES).median()).sum();
    double whole = all.stream().mapToDouble(one -> one.wholes().median()).sum();
    return List.of(
        "Each instance is a QEMU machine under software emulation, so all of them share this"
            + " machine's cores; image creation takes 5 s, connections drain for 4 s, at most three"
            + " instances more than the group's size at a time, no canary, no soak. The unikernel-sized"
            + " disk is test-fixtures/appliance's, a kernel and a web server; the appliance-sized one is"
            + " the same with "
            + BootableDisk.APPLIANCE.fillMib()
            + " MiB that cannot be compressed. The first deployment of all meets a cold function. It"
            + " serves once every instance runs the new version and is healthy, and no old one is left.",
        "The machines take " + Spread.number(machines / whole) + " of the whole.");
  }
}
