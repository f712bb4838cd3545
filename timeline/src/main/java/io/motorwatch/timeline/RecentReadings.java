package io.motorwatch.timeline;

import io.motorwatch.model.Reading;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Knows a device's readings again. With sequence numbers: exactly, among the newest of them ({@link
 * SequenceNumbers}). Without: by time stamp and values, among the newest {@value #REMEMBERED},
 * which is for a device that sends again what it got no answer for; what a broker sends again the
 * source has sorted out. Mutable; belongs to one key.
 */
final class RecentReadings {

  /** Clients have 20 messages in flight, and so may send 20 again. */
  static final int REMEMBERED = 24;

  /**
   * A print has 48 bits: a wrong match among 24 of them is one in 10^13, and half of the state of a
   * device without sequence numbers are prints.
   */
  private static final int PRINT_BITS = 48;

  private static final long[] NO_PRINTS = {};

  private SequenceNumbers numbers = new SequenceNumbers();
  private long[] prints = NO_PRINTS;
  private int next;

  /** What is known of a reading. */
  enum Verdict {
    NEW,
    /** New, and the sequence numbers restart with it. */
    RESTART,
    /** The same reading once more. */
    DUPLICATE,
    /** A sequence number long passed. */
    REPLAYED
  }

  /**
   * Checks a reading, and remembers it if it is new.
   *
   * @param newestAt device time of the newest reading before; MIN_VALUE for none
   * @param formerAt the same by the clock as it was before it was set back; MIN_VALUE if it was not
   */
  Verdict check(Reading reading, long newestAt, long formerAt) {
    return reading.hasSeq()
        ? numbers.check(reading, reading.timestamp() > Math.max(newestAt, formerAt))
        : byContent(reading, newestAt, formerAt);
  }

  SequenceNumbers numbers() {
    return numbers;
  }

  private Verdict byContent(Reading reading, long newestAt, long formerAt) {
    long print = print(reading);
    long at = reading.timestamp();
    if (at <= Math.max(newestAt, formerAt) && isKnown(print)) {
      return Verdict.DUPLICATE;
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

  private boolean isKnown(long print) {
    for (long known : prints) {
      if (known == print) {
        return true;
      }
    }
    return false;
  }

  /** A hash of time stamp, names and values (a multiplicative mix as in SplitMix64). */
  private static long print(Reading reading) {
    long hash = mix(reading.timestamp() + 0x9E3779B97F4A7C15L);
    hash = mix(hash ^ reading.layout().hashCode());
    for (int i = 0; i < reading.size(); i++) {
      hash = mix(hash ^ Double.doubleToLongBits(reading.value(i)));
    }
    return hash >>> (Long.SIZE - PRINT_BITS);
  }

  private static long mix(long bits) {
    long x = bits;
    x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
    x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
    return x ^ (x >>> 31);
  }

  RecentReadings copy() {
    RecentReadings copy = new RecentReadings();
    copy.numbers = numbers.copy();
    copy.prints = prints.clone();
    copy.next = next;
    return copy;
  }

  void write(DataOutputView out) throws IOException {
    numbers.write(out);
    out.writeByte(prints.length);
    out.writeByte(next);
    for (long print : prints) {
      out.writeShort((int) (print >>> Integer.SIZE));
      out.writeInt((int) print);
    }
  }

  static RecentReadings read(DataInputView in) throws IOException {
    RecentReadings recent = new RecentReadings();
    recent.numbers = SequenceNumbers.read(in);
    recent.prints = new long[in.readUnsignedByte()];
    recent.next = in.readUnsignedByte();
    for (int i = 0; i < recent.prints.length; i++) {
      long high = in.readUnsignedShort();
      recent.prints[i] = high << Integer.SIZE | (in.readInt() & 0xFFFF_FFFFL);
    }
    return recent;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecentReadings that
        && numbers.equals(that.numbers)
        && next == that.next
        && Arrays.equals(prints, that.prints);
  }

  @Override
  public int hashCode() {
    return numbers.hashCode();
  }
}
