/** Measures Slipway beside what it is to be compared with, and writes down what it found. */
package benchmarks;
