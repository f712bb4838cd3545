package io.motorwatch.patterns.alarm;

import io.motorwatch.model.serialization.Wire;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * An alarm between being raised and cleared, as state holds it per device.
 *
 * @param severity the current one
 * @param peak the deciding signal's extreme since the onset; NaN without one
 */
public record OpenAlarm(Origin origin, String severity, double peak, Handling handling) {

  /** The last form of a device's state that counted escalations. */
  private static final int COUNTED = 6;

  /**
   * What does not change until it is cleared.
   *
   * @param patternVersion of the file that raised it
   * @param ansi as in that file
   * @param onsetAt device time, epoch milliseconds
   * @param raisedAt device time, epoch milliseconds
   */
  public record Origin(long patternVersion, String ansi, long onsetAt, long raisedAt) {}

  /**
   * What has been reported of it and done about it.
   *
   * @param reported whether it has been reported at all; false where it was raised under shelving
   * @param reportedAt device time of its last reported transition, epoch milliseconds
   * @param acknowledged whether it has been acknowledged
   * @param returned whether a latched alarm's condition is over at present
   * @param flapping whether it replaces further alarms of its pattern
   */
  public record Handling(
      boolean reported, long reportedAt, boolean acknowledged, boolean returned, boolean flapping) {

    public Handling reportedNow(long at) {
      return new Handling(true, at, acknowledged, returned, flapping);
    }

    public Handling acknowledgedNow() {
      return new Handling(reported, reportedAt, true, returned, flapping);
    }

    public Handling withReturned(boolean over) {
      return new Handling(reported, reportedAt, acknowledged, over, flapping);
    }
  }

  public long onsetAt() {
    return origin.onsetAt();
  }

  public long raisedAt() {
    return origin.raisedAt();
  }

  public OpenAlarm withPeak(double newPeak) {
    return new OpenAlarm(origin, severity, newPeak, handling);
  }

  public OpenAlarm escalatedTo(String newSeverity) {
    return new OpenAlarm(origin, newSeverity, peak, handling);
  }

  public OpenAlarm with(Handling newHandling) {
    return new OpenAlarm(origin, severity, peak, newHandling);
  }

  void write(DataOutputView out) throws IOException {
    out.writeLong(origin.patternVersion());
    Wire.writeText(origin.ansi(), out);
    out.writeLong(origin.onsetAt());
    out.writeLong(origin.raisedAt());
    Wire.writeText(severity, out);
    out.writeDouble(peak);
    out.writeBoolean(handling.reported());
    out.writeLong(handling.reportedAt());
    out.writeBoolean(handling.acknowledged());
    out.writeBoolean(handling.returned());
    out.writeBoolean(handling.flapping());
  }

  /**
   * @param writtenBy the form of the state it is part of; up to {@link #COUNTED} it contains the
   *     number of escalations
   */
  static OpenAlarm read(int writtenBy, DataInputView in) throws IOException {
    Origin origin = new Origin(in.readLong(), Wire.readText(in), in.readLong(), in.readLong());
    String severity = Wire.readText(in);
    if (writtenBy <= COUNTED) {
      Wire.readCount(in);
    }
    return new OpenAlarm(
        origin,
        severity,
        in.readDouble(),
        new Handling(
            in.readBoolean(), in.readLong(), in.readBoolean(), in.readBoolean(), in.readBoolean()));
  }
}
