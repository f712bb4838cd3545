package io.motorwatch.benchmarks;

import java.io.PrintStream;

/** One benchmark, a command of picocli's; prints its results as it has them. */
@FunctionalInterface
public interface Benchmark {

  /**
   * Measures.
   *
   * @param out each result one JSON object on a line
   * @throws Exception if it cannot be measured, or what was measured is wrong; the message says why
   */
  void run(PrintStream out) throws Exception;
}
