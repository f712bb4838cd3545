package io.motorwatch.model.serialization;

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
}
