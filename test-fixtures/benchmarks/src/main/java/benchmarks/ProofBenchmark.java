package benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How fast an upload is proven, beside the least that one can do and what people have. */
final class ProofBenchmark implements Benchmark {
  private static final double MOST_TIMES_INFLATE = 1.15;
  private static final int MIB_PER_GIB = 1024;

  @Override
  public String name() {
    return "proof";
  }

  @Override
  public String question() {
    return "Proof: how fast is an upload proven?";
  }

  @Override
  public Section run(Setting setting) throws Exception {
    List<Table> tables = new ArrayList<>();
    List<Plot> plots = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    for (ProofCase one : cases(setting.quick())) {
      setting.out().println("  " + one.words());
      Path file = one.write(setting.scratch());
      ProofCase.Found found = one.measure(file);
      tables.add(table(one, found, Files.size(file)));
      remarks.add(remark(one, found));
      if (one.gib() == 1 && !one.sparse()) {
        plots.add(plot(one, found));
        remarks.add(Overlap.measure(file, setting));
      }
      Files.delete(file);
    }
    return new Section(tables, plots, remarks);
  }

  private static List<ProofCase> cases(boolean quick) {
    return quick
        ? List.of(new ProofCase(1, false, 1), new ProofCase(1, true, 1))
        : List.of(
            new ProofCase(1, false, 5),
            new ProofCase(10, false, 3),
            new ProofCase(1, true, 7),
            new ProofCase(10, true, 3));
  }

  private static Table table(ProofCase one, ProofCase.Found found, long bytes) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("bare Inflater", found.inflate(), one, found));
    rows.add(row("Slipway's proof", found.slipway(), one, found));
    for (String program : one.programs()) {
      Spread seconds = found.programs().get(program);
      rows.add(
          seconds == null
              ? List.of(program, "not installed", "", "")
              : row(program + " -dc | tar t", seconds, one, found));
    }
    String caption =
        String.format(
            Locale.ROOT, "A disk of %s, in a tarball of %d MiB", one.words(), bytes >> 20);
    return new Table(
        caption, List.of("", "time", "MiB of disk a second", "times bare Inflater"), rows);
  }

  private static List<String> row(
      String who, Spread seconds, ProofCase one, ProofCase.Found found) {
    return List.of(
        who,
        seconds.text("s"),
        Spread.number(speed(one, seconds)),
        Spread.number(seconds.median() / found.inflate().median()));
  }

  private static double speed(ProofCase one, Spread seconds) {
    return one.gib() * MIB_PER_GIB / seconds.median();
  }

  private static String remark(ProofCase one, ProofCase.Found found) {
    double ratio = found.slipway().median() / found.inflate().median();
    String peak =
        String.format(
            Locale.ROOT,
            " Peak of the heap, which may have 64 MiB: %.0f MiB; of the process: %.0f MiB.",
            found.heapMib(),
            found.residentMib());
    String what = "Proof beside bare inflate, " + one.words();
    return one.sparse()
        ? what + ": " + Spread.number(ratio) + " times." + peak
        : new Goal(what, ratio, MOST_TIMES_INFLATE).sentence() + peak;
  }

  private static Plot plot(ProofCase one, ProofCase.Found found) {
    List<Bar> bars = new ArrayList<>();
    bars.add(new Bar("bare Inflater", List.of(speed(one, found.inflate()))));
    bars.add(new Bar("Slipway's proof", List.of(speed(one, found.slipway()))));
    found
        .programs()
        .forEach((name, seconds) -> bars.add(new Bar(name, List.of(speed(one, seconds)))));
    String title = "Reading the tarball of a disk of " + one.words();
    return new Plot("proof.svg", title, "MiB of disk a second", List.of("speed"), bars);
  }
}
