package benchmarks;

/** One question about Slipway's speed, answered by measuring. */
interface Benchmark {
  /** How the command line and RESULTS.md call it; lower case, words joined by hyphens. */
  String name();

  /** What is asked, as a heading of a few words. */
  String question();

  /**
   * Measures, and says on the way in {@code setting.out()} what it does.
   *
   * @throws Exception if anything it needs cannot be had; the message says what
   */
  Section run(Setting setting) throws Exception;
}
