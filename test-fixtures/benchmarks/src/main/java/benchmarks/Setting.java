package benchmarks;

import java.io.PrintStream;
import java.nio.file.Path;

/**
 * What a benchmark is given.
 *
 * @param quick small sizes and few runs: to see that it works, not to learn anything
 * @param root the checkout
 * @param scratch an empty folder of its own, deleted afterwards
 * @param out where it says what it does
 */
record Setting(boolean quick, Path root, Path scratch, PrintStream out) {}
