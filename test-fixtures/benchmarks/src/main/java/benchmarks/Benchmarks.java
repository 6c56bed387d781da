package benchmarks;

import java.util.List;

/** All of them, in the order in which they run and stand in RESULTS.md. */
final class Benchmarks {
  static final List<Benchmark> ALL =
      List.of(
          new ShareBenchmark(),
          new ServingBenchmark(),
          new SurgeBenchmark(),
          new ColdStartBenchmark(),
          new ProofBenchmark(),
          new MemoryBenchmark(),
          new CallsBenchmark(),
          new ScaleBenchmark(),
          new HistoryBenchmark(),
          new StoreBenchmark(),
          new PageBenchmark());

  private Benchmarks() {}
}
