package io.motorwatch.benchmarks.rivals;

import java.util.SortedSet;
import java.util.concurrent.ConcurrentSkipListSet;

/** Collects what an engine raises, from its own threads. */
final class Findings {

  private final SortedSet<Raised> found = new ConcurrentSkipListSet<>();

  void add(Raised raised) {
    if (!found.add(raised)) {
      throw new IllegalStateException("raised twice: " + raised);
    }
  }

  SortedSet<Raised> all() {
    return found;
  }
}
