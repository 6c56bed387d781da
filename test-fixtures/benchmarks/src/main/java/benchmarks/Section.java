package benchmarks;

import java.util.List;

/**
 * What a benchmark found.
 *
 * @param remarks whole sentences: goals met or missed, as ratios, and what limits them
 */
record Section(List<Table> tables, List<Plot> plots, List<String> remarks) {}
