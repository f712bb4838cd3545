package io.motorwatch.benchmarks.rivals;

import java.util.SortedSet;

/** Evaluates a stream by both rules, on one thread. */
interface Engine {

  /** Its name in results. */
  String variant();

  /**
   * Takes the whole stream.
   *
   * @return each alarm once, when it is raised
   * @throws IllegalStateException if it raises the same alarm twice
   */
  SortedSet<Raised> evaluate(LoadStream stream) throws Exception;
}
