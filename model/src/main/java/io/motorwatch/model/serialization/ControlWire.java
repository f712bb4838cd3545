package io.motorwatch.model.serialization;

import io.motorwatch.model.AlarmRequest;
import io.motorwatch.model.AlarmRequest.Acknowledge;
import io.motorwatch.model.AlarmRequest.Shelve;
import io.motorwatch.model.PatternsReport;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The forms of what people send, the same on both sides of the timeline. */
final class ControlWire {

  private ControlWire() {}

  static void writePatterns(PatternsReport report, DataOutputView out) throws IOException {
    Wire.writeDevice(report.device(), out);
    out.writeLong(report.version());
    Wire.writeText(report.text(), out);
    out.writeLong(report.arrivedAt());
  }

  static PatternsReport readPatterns(DataInputView in) throws IOException {
    return new PatternsReport(Wire.readDevice(in), in.readLong(), Wire.readText(in), in.readLong());
  }

  static void writeRequest(AlarmRequest request, DataOutputView out) throws IOException {
    Wire.writeDevice(request.device(), out);
    Wire.writeText(request.alarmId(), out);
    Wire.writeText(request.pattern(), out);
    if (request.action() instanceof Shelve shelve) {
      out.writeBoolean(true);
      out.writeLong(shelve.until());
      out.writeLong(shelve.forMs());
    } else if (request.action() instanceof Acknowledge) {
      out.writeBoolean(false);
    } else {
      throw Wire.noFormFor(request.action());
    }
    Wire.writeText(request.by(), out);
    out.writeLong(request.arrivedAt());
  }

  static AlarmRequest readRequest(DataInputView in) throws IOException {
    return new AlarmRequest(
        Wire.readDevice(in),
        Wire.readText(in),
        Wire.readText(in),
        in.readBoolean() ? new Shelve(in.readLong(), in.readLong()) : new Acknowledge(),
        Wire.readText(in),
        in.readLong());
  }
}
