package io.motorwatch.patterns.alarm;

import io.motorwatch.model.serialization.Wire;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * An alarm between being raised and cleared, as kept per device.
 *
 * @param severity the present one
 * @param escalated how many escalations it has had
 * @param peak the deciding signal's extreme since the onset; NaN where there is none
 */
public record OpenAlarm(
    Origin origin, String severity, int escalated, double peak, Handling handling) {

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
    return new OpenAlarm(origin, severity, escalated, newPeak, handling);
  }

  public OpenAlarm escalatedTo(String newSeverity) {
    return new OpenAlarm(origin, newSeverity, escalated + 1, peak, handling);
  }

  public OpenAlarm with(Handling newHandling) {
    return new OpenAlarm(origin, severity, escalated, peak, newHandling);
  }

  void write(DataOutputView out) throws IOException {
    out.writeLong(origin.patternVersion());
    Wire.writeText(origin.ansi(), out);
    out.writeLong(origin.onsetAt());
    out.writeLong(origin.raisedAt());
    Wire.writeText(severity, out);
    Wire.writeCount(escalated, out);
    out.writeDouble(peak);
    out.writeBoolean(handling.told());
    out.writeLong(handling.toldAt());
    out.writeBoolean(handling.acknowledged());
    out.writeBoolean(handling.returned());
    out.writeBoolean(handling.flapping());
  }

  static OpenAlarm read(DataInputView in) throws IOException {
    Origin origin = new Origin(in.readLong(), Wire.readText(in), in.readLong(), in.readLong());
    return new OpenAlarm(
        origin,
        Wire.readText(in),
        Wire.readCount(in),
        in.readDouble(),
        new Handling(
            in.readBoolean(), in.readLong(), in.readBoolean(), in.readBoolean(), in.readBoolean()));
  }
}
