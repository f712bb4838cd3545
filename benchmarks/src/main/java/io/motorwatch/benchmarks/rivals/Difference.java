package io.motorwatch.benchmarks.rivals;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Where two engines do not agree. */
final class Difference {

  private Difference() {}

  /** The first alarm in time that only one of both has raised, in words. */
  static Optional<String> first(
      String oneName, SortedSet<Raised> one, String otherName, SortedSet<Raised> other) {
    SortedSet<Raised> onlyOne = new TreeSet<>(one);
    onlyOne.removeAll(other);
    SortedSet<Raised> onlyOther = new TreeSet<>(other);
    onlyOther.removeAll(one);
    if (onlyOne.isEmpty() && onlyOther.isEmpty()) {
      return Optional.empty();
    }
    boolean oneFirst =
        onlyOther.isEmpty()
            || (!onlyOne.isEmpty() && onlyOne.first().compareTo(onlyOther.first()) < 0);
    return Optional.of(
        String.format(
            "%s raises %s, and %s does not (%d alarms only by %s, %d only by %s)",
            oneFirst ? oneName : otherName,
            oneFirst ? onlyOne.first() : onlyOther.first(),
            oneFirst ? otherName : oneName,
            onlyOne.size(),
            oneName,
            onlyOther.size(),
            otherName));
  }
}
