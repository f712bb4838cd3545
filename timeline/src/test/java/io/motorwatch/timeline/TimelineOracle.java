package io.motorwatch.timeline;

import io.motorwatch.model.Reading;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is to come of a device's readings, found the simple way: everything is remembered, nothing
 * is packed, and each reading is checked by looking back over all before it. For devices that
 * number their readings and whose overtaken ones are within the window of numbers known.
 */
final class TimelineOracle {

  private static final long CLOCK_BACK_AFTER = 300_000;

  private record Entry(Reading reading, boolean late, boolean highest) {}

  /** An outcome a line: {@code 5}, {@code late 3}, {@code back}; nothing for a duplicate. */
  final List<String> lines = new ArrayList<>();

  int duplicates;
  private long newestEver;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Set<Long>> counts = new ArrayList<>(List.of(new HashSet<>()));

  /** All sequence numbers left out so far, over all the device's counts. */
  long lost() {
    return counts.stream()
        .mapToLong(count -> highest(count) - lowest(count) + 1 - count.size())
        .sum();
  }

  private static long highest(Set<Long> count) {
    return count.stream().mapToLong(seq -> seq).max().orElse(-1);
  }

  private static long lowest(Set<Long> count) {
    return count.stream().mapToLong(seq -> seq).min().orElse(0);
  }

  void take(Reading reading) {
    Set<Long> count = counts.get(counts.size() - 1);
    long progress = entries.stream().mapToLong(e -> e.reading.timestamp()).max().orElse(0);
    boolean newer = reading.timestamp() > newestEver;
    if (newer && reading.seq() < 1_000 && highest(count) - reading.seq() >= 512) {
      count = new HashSet<>();
      counts.add(count);
    }
    boolean highest = reading.seq() > highest(count);
    if (!count.add(reading.seq())) {
      duplicates++;
      return;
    }
    newestEver = Math.max(newestEver, reading.timestamp());
    boolean late = reading.timestamp() < progress;
    entries.add(new Entry(reading, late, highest));
    if (!late) {
      lines.add("" + reading.timestamp());
    } else if (highest && showsANewClock()) {
      entries.clear();
      entries.add(new Entry(reading, false, true));
      lines.add("back");
      lines.add("" + reading.timestamp());
    } else {
      lines.add("late " + reading.timestamp());
    }
  }

  /** Whether the late readings up to the last, fillers of gaps aside, ascend for long enough. */
  private boolean showsANewClock() {
    List<Long> backwards = new ArrayList<>();
    for (int i = entries.size() - 1; i >= 0 && entries.get(i).late; i--) {
      long at = entries.get(i).reading.timestamp();
      if (!entries.get(i).highest) {
        continue;
      }
      if (!backwards.isEmpty() && at > backwards.get(backwards.size() - 1)) {
        break;
      }
      backwards.add(at);
    }
    long span = backwards.get(0) - backwards.get(backwards.size() - 1);
    return backwards.size() >= 8 && span >= CLOCK_BACK_AFTER;
  }
}
