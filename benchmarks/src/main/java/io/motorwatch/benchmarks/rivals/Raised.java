package io.motorwatch.benchmarks.rivals;

import java.util.Comparator;

/**
 * An alarm as all engines must find it.
 *
 * @param device {@code site/device}
 * @param pattern the rule's name
 * @param onsetAt device time of the reading that began it, epoch milliseconds
 * @param at device time of the reading that completed it
 */
record Raised(String device, String pattern, long onsetAt, long at) implements Comparable<Raised> {

  private static final Comparator<Raised> ORDER =
      Comparator.comparingLong(Raised::at)
          .thenComparing(Raised::device)
          .thenComparing(Raised::pattern)
          .thenComparingLong(Raised::onsetAt);

  @Override
  public int compareTo(Raised other) {
    return ORDER.compare(this, other);
  }
}
