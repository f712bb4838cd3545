package io.motorwatch.patterns.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.motorwatch.model.serialization.Wire;
import io.motorwatch.patterns.alarm.DeviceAlarms;
import io.motorwatch.patterns.alarm.OpenAlarm;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** States that earlier versions wrote, byte by byte as they wrote them. */
class EarlierFormsTest {

  private static final long AT = 1_710_000_000_000L;
  private static final long RULE = 12L << 32;

  /**
   * One false signal, one stateful function from form 3 on, one alarm, two transitions of one
   * pattern.
   */
  private static byte[] written(int form) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(256);
    out.writeByte(form);
    out.writeLong(11); // the file
    Wire.writeCount(1, out);
    out.writeLong(RULE); // its rule
    out.writeLong(AT);
    out.writeByte(0); // the motor
    out.writeLong(AT - 1);
    out.writeShort(1);
    out.writeByte(1); // a false signal
    out.writeLong(13);
    if (form > 2) {
      Wire.writeCount(1, out);
      out.writeLong(14);
      Wire.writeCount(2, out);
      out.writeDouble(AT);
      out.writeDouble(0.5);
    }
    writeOpenAlarm(out);
    Wire.writeCount(1, out); // shelved
    Wire.writeText("s", out);
    out.writeLong(AT + 5);
    Wire.writeCount(0, out); // raises
    Wire.writeCount(1, out); // transitions
    out.writeLong(AT);
    Wire.writeText("p", out);
    Wire.writeCount(2, out);
    Wire.writeCount(1, out); // sequences
    out.writeLong(12);
    out.writeLong(AT + 9);
    Wire.writeCount(3, out);
    out.write(new byte[] {1, 2, 3});
    return out.getCopyOfBuffer();
  }

  /** As it was up to form 6. */
  private static void writeOpenAlarm(DataOutputSerializer out) throws IOException {
    Wire.writeCount(1, out); // open alarms
    Wire.writeText("o", out);
    out.writeLong(3); // the file's version
    Wire.writeText("51", out);
    out.writeLong(AT - 4); // onset
    out.writeLong(AT - 3); // raised
    Wire.writeText("MAJOR", out);
    Wire.writeCount(1, out); // escalations
    out.writeDouble(1.5);
    out.writeBoolean(true); // reported
    out.writeLong(AT - 2);
    out.writeBoolean(false);
    out.writeBoolean(false);
    out.writeBoolean(true); // flapping
  }

  private static final OpenAlarm OPEN =
      new OpenAlarm(
          new OpenAlarm.Origin(3, "51", AT - 4, AT - 3),
          "MAJOR",
          1.5,
          new OpenAlarm.Handling(true, AT - 2, false, false, true));

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void areReadWholeAndWrittenOnInTheNewOne(int form) throws Exception {
    DataInputDeserializer in = new DataInputDeserializer(written(form));
    DeviceState read = DeviceStateSerializer.INSTANCE.deserialize(in);
    assertThat(in.available()).isZero();

    DataOutputSerializer out = new DataOutputSerializer(256);
    DeviceStateSerializer.INSTANCE.serialize(read, out);
    byte[] bytes = out.getCopyOfBuffer();
    assertThat(bytes[0]).isEqualTo((byte) 8);
    DeviceState again =
        DeviceStateSerializer.INSTANCE.deserialize(new DataInputDeserializer(bytes));
    for (DeviceState state : new DeviceState[] {read, again}) {
      assertThat(state.lastAt()).isEqualTo(AT);
      assertThat(state.fileFingerprint).isEqualTo(11);
      assertThat(state.knownPatterns.has(RULE)).isTrue();
      assertThat(state.knownPatterns.has(RULE + (1L << 32))).isFalse();
      assertThat(state.sequences.get(12L).bytes()).containsExactly(1, 2, 3);
      assertThat(state.alarms.isShelved("s")).isTrue();
      assertThat(state.alarms.open("o")).isEqualTo(OPEN);
      DeviceAlarms alarms = state.alarms.copy();
      assertThat(alarms.nextOrdinal("p", AT)).isEqualTo(2);
      assertThat(alarms.nextOrdinal("p", AT + 1)).isZero();
      assertThat(alarms.nextOrdinal("q", AT)).isZero();
    }
    DataOutputSerializer twice = new DataOutputSerializer(256);
    DeviceStateSerializer.INSTANCE.serialize(again, twice);
    assertThat(twice.getCopyOfBuffer()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 6})
  void anOpenAlarmIsReadWithoutTheCountOfItsEscalations(int form) throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(256);
    writeOpenAlarm(out);
    Wire.writeCount(0, out); // shelved
    Wire.writeCount(0, out); // raises
    Wire.writeCount(0, out); // transitions
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    assertThat(DeviceAlarms.read(form, in).open("o")).isEqualTo(OPEN);
    assertThat(in.available()).isZero();
  }

  /** Form 7 is form 8 without its last byte, where no unusable value has been reported. */
  @Test
  void formSevenIsReadAsOneOfWhichNothingWasTold() throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(256);
    DeviceStateSerializer.INSTANCE.serialize(
        DeviceStateSerializer.INSTANCE.deserialize(new DataInputDeserializer(written(4))), out);
    byte[] seven = Arrays.copyOf(out.getCopyOfBuffer(), out.length() - 1);
    seven[0] = 7;
    DataInputDeserializer in = new DataInputDeserializer(seven);
    DeviceState read = DeviceStateSerializer.INSTANCE.deserialize(in);
    assertThat(in.available()).isZero();
    assertThat(read.inputs.nameplate()).isZero();
    assertThat(read.inputs.anyField()).isFalse();
    assertThat(read.alarms.open("o")).isEqualTo(OPEN);
  }

  @Test
  void anUnknownFormIsRefused() throws Exception {
    byte[] later = written(4);
    later[0] = 9;
    assertThatThrownBy(
            () -> DeviceStateSerializer.INSTANCE.deserialize(new DataInputDeserializer(later)))
        .hasMessageContaining("of form 9, which this version of motorwatch cannot read");
  }
}
