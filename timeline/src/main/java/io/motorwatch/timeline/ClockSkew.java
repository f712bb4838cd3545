package io.motorwatch.timeline;

import io.motorwatch.model.serialization.Wire;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Estimates how far a device's clock is behind arrival (negative: ahead), milliseconds. Transport
 * only ever adds to that, so a low quantile over a window shows mostly the clock: the {@value
 * #RANK}th lowest of {@value #WINDOW} readings, which no few readings out of the ordinary can move.
 * Only reported, never used for a decision. Mutable; belongs to one key.
 */
final class ClockSkew {

  static final int WINDOW = 64;
  static final int RANK = 4;

  /** Arrival less device time of the lowest so far in this window, ascending. */
  private final long[] lowest = new long[RANK];

  private int count;
  private boolean estimated;
  private long estimate;

  /** What was reported last, and whether anything was. */
  private boolean reported;

  private long reportedMillis;

  /** Takes in a reading's arrival less its device time, milliseconds. */
  void add(long skew) {
    int filled = Math.min(count, RANK);
    if (filled < RANK || skew < lowest[RANK - 1]) {
      int place = Math.min(filled, RANK - 1);
      while (place > 0 && lowest[place - 1] > skew) {
        lowest[place] = lowest[place - 1];
        place--;
      }
      lowest[place] = skew;
    }
    count++;
    if (count == WINDOW) {
      estimate = lowest[RANK - 1];
      estimated = true;
      count = 0;
    }
  }

  /** The estimate of the last full window, or of the first one as far as it is; NaN for none. */
  double millis() {
    if (estimated) {
      return estimate;
    }
    return count == 0 ? Double.NaN : lowest[(count * RANK - 1) / WINDOW];
  }

  /** Remembers that the estimate is reported now. */
  void markReported() {
    reported = estimated || count > 0;
    reportedMillis = reported ? (long) millis() : 0;
  }

  /**
   * Whether a new estimate is so far from what was reported that it is to be reported again: by
   * more than this and more than half of it, so that a backlog being uploaded brings a few points
   * and not thousands.
   */
  boolean differsFromReported(long tolerance) {
    return reported
        && estimated
        && count == 0
        && Math.abs(estimate - reportedMillis) > tolerance + Math.abs(reportedMillis) / 2;
  }

  /** The clock was changed: what was seen of it counts no more. */
  void restart() {
    count = 0;
    estimated = false;
  }

  ClockSkew copy() {
    ClockSkew copy = new ClockSkew();
    System.arraycopy(lowest, 0, copy.lowest, 0, RANK);
    copy.count = count;
    copy.estimated = estimated;
    copy.estimate = estimate;
    copy.reported = reported;
    copy.reportedMillis = reportedMillis;
    return copy;
  }

  void write(DataOutputView out) throws IOException {
    out.writeByte(count | (estimated ? 0x40 : 0) | (reported ? 0x80 : 0));
    for (int i = 0; i < Math.min(count, RANK); i++) {
      Wire.writeNumber(lowest[i] - (i == 0 ? 0 : lowest[i - 1]), out);
    }
    if (estimated) {
      Wire.writeNumber(estimate, out);
    }
    if (reported) {
      Wire.writeNumber(reportedMillis, out);
    }
  }

  static ClockSkew read(DataInputView in) throws IOException {
    ClockSkew skew = new ClockSkew();
    int head = in.readUnsignedByte();
    skew.count = head & 0x3F;
    skew.estimated = (head & 0x40) != 0;
    skew.reported = (head & 0x80) != 0;
    for (int i = 0; i < Math.min(skew.count, RANK); i++) {
      skew.lowest[i] = Wire.readNumber(in) + (i == 0 ? 0 : skew.lowest[i - 1]);
    }
    skew.estimate = skew.estimated ? Wire.readNumber(in) : 0;
    skew.reportedMillis = skew.reported ? Wire.readNumber(in) : 0;
    return skew;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClockSkew that
        && count == that.count
        && estimated == that.estimated
        && reported == that.reported
        && (!estimated || estimate == that.estimate)
        && (!reported || reportedMillis == that.reportedMillis)
        && Arrays.equals(
            lowest, 0, Math.min(count, RANK), that.lowest, 0, Math.min(that.count, RANK));
  }

  @Override
  public int hashCode() {
    return Long.hashCode(estimate) + count;
  }
}
