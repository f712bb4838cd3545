package io.motorwatch.timeline;

import io.motorwatch.model.serialization.Wire;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Readings that are all older than their device's progress and yet follow one another: a few are a
 * backlog, many are a clock that was set back. By device time alone, so that a replay gives the
 * same result. Mutable; belongs to one key.
 */
final class LateRun {

  /** A run of fewer readings than this shows nothing, however long it is. */
  static final int FEWEST = 8;

  private int count;
  private long firstAt;
  private long lastAt;

  /**
   * Takes the next late reading; one older than the reading before begins a new run.
   *
   * @param enoughMs device time that a run must span, milliseconds
   * @return whether the run is long enough to accept that the clock was set back
   */
  boolean continues(long at, long enoughMs) {
    if (count == 0 || at < lastAt) {
      count = 0;
      firstAt = at;
    }
    count = Math.min(count + 1, FEWEST);
    lastAt = at;
    return count == FEWEST && at - firstAt >= enoughMs;
  }

  /** Whether a reading of this device time would continue the run. */
  boolean wouldContinue(long at) {
    return count > 0 && at >= lastAt;
  }

  void end() {
    count = 0;
  }

  LateRun copy() {
    LateRun copy = new LateRun();
    copy.count = count;
    copy.firstAt = firstAt;
    copy.lastAt = lastAt;
    return copy;
  }

  void write(DataOutputView out) throws IOException {
    out.writeByte(count);
    if (count > 0) {
      Wire.writeNumber(firstAt, out);
      Wire.writeNumber(lastAt - firstAt, out);
    }
  }

  static LateRun read(DataInputView in) throws IOException {
    LateRun run = new LateRun();
    run.count = in.readByte();
    if (run.count > 0) {
      run.firstAt = Wire.readNumber(in);
      run.lastAt = run.firstAt + Wire.readNumber(in);
    }
    return run;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LateRun that
        && count == that.count
        && (count == 0 || (firstAt == that.firstAt && lastAt == that.lastAt));
  }

  @Override
  public int hashCode() {
    return count;
  }
}
