package io.motorwatch.tools.simulator;

import java.util.ArrayList;
import java.util.List;

/** Something out of the ordinary: stretches that follow each other without a pause. */
record Episode(EpisodeKind kind, List<Stretch> stretches) {

  Episode {
    stretches = List.copyOf(stretches);
  }

  long until() {
    return stretches.get(stretches.size() - 1).until();
  }

  /** Adds one stretch to the next. */
  static final class Writer {

    /** Far enough above 1.2 that noise never decides, and well below what counts as a jam. */
    private static final double OVERLOAD_MIN = 1.28;

    private static final double OVERLOAD_MAX = 1.58;

    private final SeededRandom random;
    private final long intervalMs;
    private final double overload;
    private final List<Stretch> stretches = new ArrayList<>();
    private long at;

    Writer(SeededRandom random, long intervalMs, long at) {
      this.random = random;
      this.intervalMs = intervalMs;
      this.overload = random.between(OVERLOAD_MIN, OVERLOAD_MAX);
      this.at = at;
    }

    List<Stretch> stretches() {
      return stretches;
    }

    boolean toss() {
      return random.toss();
    }

    /** An overload. */
    Writer overloaded(double minSeconds, double maxSeconds) {
      return add(Activity.OVERLOADED, overload, length(minSeconds, maxSeconds));
    }

    /** Two intervals longer: for its first reading, and for the one that completes it. */
    Writer overloadedAtLeast(double minSeconds, double maxSeconds) {
      return add(Activity.OVERLOADED, overload, lengthAtLeast(minSeconds, maxSeconds));
    }

    Writer halfRelieved(double minSeconds, double maxSeconds) {
      return add(Activity.HALF_RELIEVED, 1.175, length(minSeconds, maxSeconds));
    }

    Writer relieved(double minSeconds, double maxSeconds) {
      return add(Activity.RELIEVED, random.between(0.95, 1.05), length(minSeconds, maxSeconds));
    }

    Writer unheard(double minSeconds, double maxSeconds) {
      return add(Activity.UNHEARD, overload, length(minSeconds, maxSeconds));
    }

    Writer jammedAtLeast(double minSeconds, double maxSeconds) {
      return add(Activity.JAMMED, random.between(3.2, 5.8), lengthAtLeast(minSeconds, maxSeconds));
    }

    Writer lockedAtLeast(double minSeconds, double maxSeconds) {
      return add(Activity.LOCKED, random.between(5.9, 6.5), lengthAtLeast(minSeconds, maxSeconds));
    }

    Writer stopped(double minSeconds, double maxSeconds) {
      // The state STOP must be seen, or the start after it would not be one.
      return add(Activity.STOPPED, 0, Math.max(length(minSeconds, maxSeconds), 3 * intervalMs));
    }

    Writer inrush() {
      // The one stretch that may pass unseen between two readings.
      return add(
          Activity.INRUSH, random.between(6.1, 6.9), (long) (1000 * random.between(1.0, 4.0)));
    }

    /** Never so short that no reading falls into it. */
    private long length(double minSeconds, double maxSeconds) {
      return Math.max((long) (1000 * random.between(minSeconds, maxSeconds)), 2 * intervalMs);
    }

    private long lengthAtLeast(double minSeconds, double maxSeconds) {
      return (long) (1000 * random.between(minSeconds, maxSeconds)) + 2 * intervalMs;
    }

    private Writer add(Activity activity, double level, long length) {
      stretches.add(new Stretch(activity, at, at + length, level));
      at += length;
      return this;
    }
  }
}
