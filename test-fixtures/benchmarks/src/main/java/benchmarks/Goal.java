package benchmarks;

/** A ratio that must not be passed. */
record Goal(String what, double ratio, double most) {
  /** A whole sentence: met or missed. */
  String sentence() {
    return what
        + ": "
        + Spread.number(ratio)
        + " times; the goal of at most "
        + Spread.number(most)
        + " is "
        + (ratio <= most ? "met." : "missed.");
  }
}
