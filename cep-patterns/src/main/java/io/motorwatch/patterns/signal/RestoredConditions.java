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
 * A device's conditions as Flink's state holds them: each with the id of its condition, so that
 * they are found again under whatever pattern file comes next. Written by {@link DeviceConditions}
 * and restored into it. Immutable.
 */
public record RestoredConditions(
    long lastAt,
    @Nullable MotorState motor,
    long motorSince,
    List<Entry> conditions,
    List<RestoredFunctionState> functions) {

  /** The forms of an entry. They stand in savepoints: add forms, never renumber them. */
  static final byte SIGNAL_FALSE = 1;

  static final byte SIGNAL_TRUE = 2;
  static final byte OTHER_TRUE = 3;

  /** The device is silent; the peak is how long the silence has lasted, milliseconds. */
  static final byte SILENT_TRUE = 4;

  /** A signal that is false and was true before, with its extreme while true. */
  static final byte SIGNAL_WAS_TRUE = 5;

  /**
   * A signal that is unknown, though other patterns may know it with another level: it must not
   * take their state under the next file.
   */
  static final byte SIGNAL_UNKNOWN = 6;

  /** Conditions that count readings, with these. */
  static final byte COUNTED_FALSE = 7;

  static final byte COUNTED_TRUE = 8;

  private static final int WITHOUT_FUNCTIONS = 2;

  /** The last form in which every time and value took eight bytes. */
  static final int WIDE = 4;

  /** Added to the form where two ids follow. */
  private static final int HAS_SHARED = 0x10;

  /**
   * One condition.
   *
   * @param shared see {@link ConditionId}
   * @param level the level by which a signal became true
   * @param readings see {@link CountedReadings}
   */
  public record Entry(
      long id, long shared, byte form, long since, double peak, double level, long readings) {

    byte truth() {
      return switch (form) {
        case SIGNAL_UNKNOWN -> TruthValue.UNKNOWN;
        case SIGNAL_FALSE, SIGNAL_WAS_TRUE, COUNTED_FALSE -> TruthValue.FALSE;
        default -> TruthValue.TRUE;
      };
    }

    /** Whether it is the signal without overrides. */
    boolean isPlain() {
      return id == shared;
    }
  }

  /**
   * @param writtenBy the form of the state they are part of; {@link #WITHOUT_FUNCTIONS} is the last
   *     one without stateful functions
   */
  public static RestoredConditions read(int writtenBy, DataInputView in) throws IOException {
    long lastAt = in.readLong();
    MotorState motor = MotorState.of(in.readByte());
    long motorSince = readTime(writtenBy, lastAt, in);
    int count = in.readUnsignedShort();
    List<Entry> conditions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int head = in.readByte();
      byte form = (byte) (head & 0x0F);
      long id = in.readLong();
      long shared = (head & HAS_SHARED) != 0 ? in.readLong() : id;
      long since = hasTime(form) ? readTime(writtenBy, lastAt, in) : 0;
      double peak = hasPeak(form) ? readValue(writtenBy, in) : Double.NaN;
      double level = form == SIGNAL_TRUE ? readValue(writtenBy, in) : Double.NaN;
      long readings = isCounted(form) ? Wire.readNumber(in) : CountedReadings.NONE;
      conditions.add(new Entry(id, shared, form, since, peak, level, readings));
    }
    List<RestoredFunctionState> functions = new ArrayList<>();
    for (int n = writtenBy > WITHOUT_FUNCTIONS ? Wire.readCount(in) : 0; n > 0; n--) {
      functions.add(RestoredFunctionState.read(writtenBy, lastAt, in));
    }
    return new RestoredConditions(lastAt, motor, motorSince, conditions, functions);
  }

  private static long readTime(int writtenBy, long lastAt, DataInputView in) throws IOException {
    return writtenBy > WIDE ? lastAt - Wire.readNumber(in) : in.readLong();
  }

  private static double readValue(int writtenBy, DataInputView in) throws IOException {
    return writtenBy > WIDE ? Wire.readDecimal(in) : in.readDouble();
  }

  private static boolean hasTime(byte form) {
    return form != SIGNAL_FALSE && form != SIGNAL_UNKNOWN && form != COUNTED_FALSE;
  }

  private static boolean isCounted(byte form) {
    return form == COUNTED_FALSE || form == COUNTED_TRUE;
  }

  private static boolean hasPeak(byte form) {
    return form == SIGNAL_TRUE || form == SILENT_TRUE || form == SIGNAL_WAS_TRUE;
  }

  /** Writes the current form: times as their distance to the last reading. */
  public void write(DataOutputView out) throws IOException {
    out.writeLong(lastAt);
    out.writeByte(MotorState.code(motor));
    Wire.writeNumber(lastAt - motorSince, out);
    out.writeShort(conditions.size());
    for (Entry each : conditions) {
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
      if (isCounted(each.form())) {
        Wire.writeNumber(each.readings(), out);
      }
    }
    Wire.writeCount(functions.size(), out);
    for (RestoredFunctionState function : functions) {
      function.write(lastAt, out);
    }
  }

  /**
   * The entry of each condition, by its index in the table of the file it was written under; null
   * where there is none. In a single pass, since entries are in the order of conditions.
   */
  @Nullable Entry[] ofSameFile(ConditionTable table) {
    @Nullable Entry[] found = new Entry[table.size()];
    int next = 0;
    for (int i = 0; i < found.length && next < conditions.size(); i++) {
      if (conditions.get(next).id() == table.id(i).own()) {
        found[i] = conditions.get(next++);
      }
    }
    // Some remain only where an alarm request was handled between two files.
    return next == conditions.size() ? found : ofOtherFile(table);
  }

  /** The same for the table of another file, by {@link ConditionMigration}. */
  @Nullable Entry[] ofOtherFile(ConditionTable table) {
    return new ConditionMigration(conditions).of(table);
  }
}
