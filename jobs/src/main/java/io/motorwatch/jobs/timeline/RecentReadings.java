package io.motorwatch.jobs.timeline;

import io.motorwatch.model.Reading;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Knows a device's readings again. With sequence numbers: exactly, among the newest of them ({@link
 * SeenNumbers}). Without: by time stamp and values, among the newest {@value #REMEMBERED}; and of
 * those a broker sends once more, what is older than the newest and not among them counts as taken
 * in before: the broker repeats a stretch from its beginning, in order. Mutable; belongs to one
 * key.
 */
final class RecentReadings {

  private static final int WINDOW = SeenNumbers.WINDOW;
  static final int REMEMBERED = 32;

  /** A sequence number that falls back below this, with a newer time stamp, is a restart. */
  private static final long RESTART_BELOW = 1_000;

  /**
   * So many readings in a row whose numbers are long passed, each higher than the one before and at
   * a newer time, are a device that counts anew, not replays.
   */
  static final int NEW_COUNT = 4;

  private static final long NONE = -1;
  private static final long[] NO_PRINTS = {};

  private long highest = NONE;
  private SeenNumbers seen = new SeenNumbers();
  private long[] prints = NO_PRINTS;
  private int next;

  /** The last refused number of a possible new count, and how many there were. */
  private long refused = NONE;

  private int refusals;

  /** What is known of a reading. */
  enum Verdict {
    NEW,
    /** The same reading once more. */
    DUPLICATE,
    /** A sequence number long passed. */
    REPLAYED
  }

  /**
   * Judges a reading and remembers it if it is new.
   *
   * @param newestAt device time of the newest reading before; MIN_VALUE for none
   */
  Verdict judge(Reading reading, long newestAt) {
    boolean newerThanAll = reading.timestamp() > newestAt;
    return reading.hasSeq()
        ? bySeq(reading.seq(), newerThanAll)
        : byContent(reading, newerThanAll, reading.timestamp() == newestAt);
  }

  private Verdict bySeq(long seq, boolean newerThanAll) {
    if (highest == NONE
        || seq > highest
        || (newerThanAll && seq < RESTART_BELOW && highest - seq >= WINDOW)) {
      seen.advance(highest == NONE || seq < highest ? WINDOW : seq - highest);
      highest = seq;
      return Verdict.NEW;
    }
    long behind = highest - seq;
    if (behind >= WINDOW) {
      return countsAnew(seq, newerThanAll) ? Verdict.NEW : Verdict.REPLAYED;
    }
    if (seen.mark(behind)) {
      // A device that restarts early on counts the same low numbers again, at newer times.
      if (newerThanAll && seq < RESTART_BELOW) {
        highest = seq;
        seen.startAnew();
        return Verdict.NEW;
      }
      return Verdict.DUPLICATE;
    }
    return Verdict.NEW;
  }

  private boolean countsAnew(long seq, boolean newerThanAll) {
    refusals = newerThanAll && (refusals == 0 || seq > refused) ? refusals + 1 : 0;
    refused = seq;
    if (refusals < NEW_COUNT) {
      return false;
    }
    refusals = 0;
    highest = seq;
    seen.startAnew();
    return true;
  }

  private Verdict byContent(Reading reading, boolean newerThanAll, boolean newest) {
    long print = print(reading);
    if (!newerThanAll) {
      for (long known : prints) {
        if (known == print) {
          return Verdict.DUPLICATE;
        }
      }
      if (reading.redelivered() && !newest && prints.length == REMEMBERED) {
        return Verdict.DUPLICATE;
      }
    }
    if (prints.length < REMEMBERED) {
      prints = Arrays.copyOf(prints, prints.length + 1);
      prints[prints.length - 1] = print;
      next = prints.length % REMEMBERED;
    } else {
      prints[next] = print;
      next = (next + 1) % REMEMBERED;
    }
    return Verdict.NEW;
  }

  /** 64 bits of time stamp, names and values (a multiplicative mix as in SplitMix64). */
  private static long print(Reading reading) {
    long hash = mix(reading.timestamp() + 0x9E3779B97F4A7C15L);
    for (int i = 0; i < reading.size(); i++) {
      hash = mix(hash ^ reading.layout().name(i).hashCode());
      hash = mix(hash ^ Double.doubleToLongBits(reading.value(i)));
    }
    return hash;
  }

  private static long mix(long bits) {
    long x = bits;
    x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
    x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
    return x ^ (x >>> 31);
  }

  RecentReadings copy() {
    RecentReadings copy = new RecentReadings();
    copy.highest = highest;
    copy.seen = seen.copy();
    copy.prints = prints.clone();
    copy.next = next;
    copy.refused = refused;
    copy.refusals = refusals;
    return copy;
  }

  void write(DataOutputView out) throws IOException {
    out.writeLong(highest);
    seen.write(out);
    out.writeByte(prints.length);
    out.writeByte(next);
    out.writeByte(refusals);
    if (refusals > 0) {
      out.writeLong(refused);
    }
    for (long print : prints) {
      out.writeLong(print);
    }
  }

  static RecentReadings read(DataInputView in) throws IOException {
    RecentReadings recent = new RecentReadings();
    recent.highest = in.readLong();
    recent.seen = SeenNumbers.read(in);
    recent.prints = new long[in.readUnsignedByte()];
    recent.next = in.readUnsignedByte();
    recent.refusals = in.readUnsignedByte();
    if (recent.refusals > 0) {
      recent.refused = in.readLong();
    }
    for (int i = 0; i < recent.prints.length; i++) {
      recent.prints[i] = in.readLong();
    }
    return recent;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecentReadings that
        && highest == that.highest
        && seen.equals(that.seen)
        && next == that.next
        && Arrays.equals(prints, that.prints);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(highest) ^ seen.hashCode();
  }
}
