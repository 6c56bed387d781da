package benchmarks;

/** The machine's own time; the one class here that may ask for it. */
final class Stopwatch {
  private static final double NANOS = 1e9;

  private final long began = System.nanoTime();

  private Stopwatch() {}

  static Stopwatch start() {
    return new Stopwatch();
  }

  /** Since the start. */
  double seconds() {
    return (System.nanoTime() - began) / NANOS;
  }
}
