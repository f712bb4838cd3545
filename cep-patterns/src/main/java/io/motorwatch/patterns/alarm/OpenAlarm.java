package io.motorwatch.patterns.alarm;

import io.motorwatch.model.serialization.Wire;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * An alarm between being raised and cleared, as kept per device.
 *
 * @param severity the present one
 * @param peak the deciding signal's extreme since the onset; NaN where there is none
 */
public record OpenAlarm(Origin origin, String severity, double peak, Handling handling) {

  /** The last form of a device's state that counted escalations. */
  private static final int COUNTED = 6;

  /**
   * What stays with it to the end.
   *
   * @param patternVersion of the file that raised it
   * @param ansi as in that file
   * @param onsetAt device time, epoch milliseconds
   * @param raisedAt device time, epoch milliseconds
   */
  public record Origin(long patternVersion, String ansi, long onsetAt, long raisedAt) {}

  /**
   * What people know of it and have done about it.
   *
   * @param told whether it has been told at all: not one raised while shelved
   * @param toldAt device time at which it was last told as going on, epoch milliseconds
   * @param acknowledged whether somebody has acknowledged it
   * @param returned whether a latched alarm's condition is over at present
   * @param flapping whether it stands for many of its kind
   */
  public record Handling(
      boolean told, long toldAt, boolean acknowledged, boolean returned, boolean flapping) {

    public Handling toldNow(long at) {
      return new Handling(true, at, acknowledged, returned, flapping);
    }

    public Handling acknowledgedNow() {
      return new Handling(told, toldAt, true, returned, flapping);
    }

    public Handling withReturned(boolean over) {
      return new Handling(told, toldAt, acknowledged, over, flapping);
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
    out.writeBoolean(handling.told());
    out.writeLong(handling.toldAt());
    out.writeBoolean(handling.acknowledged());
    out.writeBoolean(handling.returned());
    out.writeBoolean(handling.flapping());
  }

  /**
   * @param writtenBy the form of the state it is part of; up to {@link #COUNTED} with how many
   *     escalations it has had
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
