package io.motorwatch.patterns.signal;

import io.motorwatch.model.serialization.Wire;
import io.motorwatch.patterns.motor.MotorState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * A device's conditions as they are kept: each with the id of its condition, so that they are found
 * again under whatever pattern file comes next. Immutable.
 */
public record RestoredConditions(
    long lastAt,
    @Nullable MotorState motor,
    long motorSince,
    List<Kept> conditions,
    List<RestoredFunctionState> traces) {

  /** The forms of an entry, fixed for ever. */
  static final byte SIGNAL_FALSE = 1;

  static final byte SIGNAL_TRUE = 2;
  static final byte OTHER_TRUE = 3;

  /** The device is silent; its peak is how long that has been told to last, milliseconds. */
  static final byte SILENT_TRUE = 4;

  /** A signal that is false and was true before, with its extreme then. */
  static final byte SIGNAL_WAS_TRUE = 5;

  /**
   * A signal of which nothing is known, though it may be known as other patterns see it: it must
   * not be taken from them under the next file.
   */
  static final byte SIGNAL_UNKNOWN = 6;

  private static final int WITHOUT_TRACES = 2;

  /** The last form in which every time and value took eight bytes. */
  static final int WIDE = 4;

  /** Added to the form where two ids follow. */
  private static final int HAS_SHARED = 0x10;

  /**
   * One condition.
   *
   * @param shared see {@link ConditionId}
   * @param level the level by which a signal became true
   */
  public record Kept(long id, long shared, byte form, long since, double peak, double level) {

    byte phase() {
      return switch (form) {
        case SIGNAL_UNKNOWN -> TruthValue.UNKNOWN;
        case SIGNAL_FALSE, SIGNAL_WAS_TRUE -> TruthValue.FALSE;
        default -> TruthValue.TRUE;
      };
    }

    /** Whether it is the signal as patterns without overrides see it. */
    boolean isPlain() {
      return id == shared;
    }
  }

  /**
   * @param writtenBy the form of the state they are part of; {@link #WITHOUT_TRACES} is the last
   *     that knew no trace functions
   */
  public static RestoredConditions read(int writtenBy, DataInputView in) throws IOException {
    long lastAt = in.readLong();
    MotorState motor = MotorState.of(in.readByte());
    long motorSince = readTime(writtenBy, lastAt, in);
    int count = in.readUnsignedShort();
    List<Kept> conditions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int head = in.readByte();
      byte form = (byte) (head & 0x0F);
      long id = in.readLong();
      long shared = (head & HAS_SHARED) != 0 ? in.readLong() : id;
      long since = hasTime(form) ? readTime(writtenBy, lastAt, in) : 0;
      double peak = hasPeak(form) ? readValue(writtenBy, in) : Double.NaN;
      double level = form == SIGNAL_TRUE ? readValue(writtenBy, in) : Double.NaN;
      conditions.add(new Kept(id, shared, form, since, peak, level));
    }
    List<RestoredFunctionState> traces = new ArrayList<>();
    for (int n = writtenBy > WITHOUT_TRACES ? Wire.readCount(in) : 0; n > 0; n--) {
      traces.add(RestoredFunctionState.read(writtenBy, lastAt, in));
    }
    return new RestoredConditions(lastAt, motor, motorSince, conditions, traces);
  }

  private static long readTime(int writtenBy, long lastAt, DataInputView in) throws IOException {
    return writtenBy > WIDE ? lastAt - Wire.readNumber(in) : in.readLong();
  }

  private static double readValue(int writtenBy, DataInputView in) throws IOException {
    return writtenBy > WIDE ? Wire.readDecimal(in) : in.readDouble();
  }

  private static boolean hasTime(byte form) {
    return form != SIGNAL_FALSE && form != SIGNAL_UNKNOWN;
  }

  private static boolean hasPeak(byte form) {
    return form == SIGNAL_TRUE || form == SILENT_TRUE || form == SIGNAL_WAS_TRUE;
  }

  /** In the present form: times by how long before the last reading they were. */
  public void write(DataOutputView out) throws IOException {
    out.writeLong(lastAt);
    out.writeByte(MotorState.code(motor));
    Wire.writeNumber(lastAt - motorSince, out);
    out.writeShort(conditions.size());
    for (Kept each : conditions) {
      boolean shares = each.shared() != each.id();
      out.writeByte(each.form() | (shares ? HAS_SHARED : 0));
      out.writeLong(each.id());
      if (shares) {
        out.writeLong(each.shared());
      }
      if (hasTime(each.form())) {
        Wire.writeNumber(lastAt - each.since(), out);
      }
      if (hasPeak(each.form())) {
        Wire.writeDecimal(each.peak(), out);
      }
      if (each.form() == SIGNAL_TRUE) {
        Wire.writeDecimal(each.level(), out);
      }
    }
    Wire.writeCount(traces.size(), out);
    for (RestoredFunctionState trace : traces) {
      trace.write(lastAt, out);
    }
  }

  /**
   * What was kept of each condition, by its index in the table of the very file it was kept under;
   * null where nothing was. In one go: it stands in the order of the conditions.
   */
  @Nullable Kept[] ofSameFile(ConditionTable table) {
    @Nullable Kept[] found = new Kept[table.size()];
    int next = 0;
    for (int i = 0; i < found.length && next < conditions.size(); i++) {
      if (conditions.get(next).id() == table.id(i).own()) {
        found[i] = conditions.get(next++);
      }
    }
    // Never so, unless somebody was asked about an alarm between two files.
    return next == conditions.size() ? found : ofOtherFile(table);
  }

  /** The same for the table of another file, by {@link ConditionMigration}. */
  @Nullable Kept[] ofOtherFile(ConditionTable table) {
    return new ConditionMigration(conditions).of(table);
  }
}
