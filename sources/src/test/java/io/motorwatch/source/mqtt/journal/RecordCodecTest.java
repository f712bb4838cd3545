package io.motorwatch.source.mqtt.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.source.mqtt.MqttMessage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class RecordCodecTest {

  private static final List<MqttMessage> MESSAGES =
      List.of(
          new MqttMessage("t/ü", new byte[] {0, -1, 5}, true, 2, "00ff", 1_710_000_000_000L, true),
          new MqttMessage("", new byte[0], false, 1, null, -1, false),
          new MqttMessage("x".repeat(300), new byte[70_000], false, 1, "", 7, true));

  private static byte[] encode(long position, int packetId, MqttMessage message) {
    DataOutputSerializer out = new DataOutputSerializer(16);
    RecordCodec.write(new JournalRecord(position, packetId, message), out);
    return out.getCopyOfBuffer();
  }

  @Test
  void keepsARecordWhole() throws IOException {
    for (MqttMessage message : MESSAGES) {
      byte[] bytes = encode(1L << 40, 65_535, message);
      assertThat(RecordCodec.lengthAt(bytes, 0)).isEqualTo(bytes.length);
      assertThat(RecordCodec.read(bytes, 0, bytes.length))
          .isEqualTo(new JournalRecord(1L << 40, 65_535, message));
    }
  }

  @Test
  void doesNotTakeWhatIsCutAnywhere() {
    byte[] bytes = encode(3, 7, MESSAGES.get(0));
    for (int length = 0; length < bytes.length; length++) {
      assertThat(RecordCodec.lengthAt(Arrays.copyOf(bytes, length), 0)).isZero();
    }
  }

  @Test
  void doesNotTakeWhatHasAFlippedBit() {
    byte[] bytes = encode(3, 7, MESSAGES.get(0));
    for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      assertThat(RecordCodec.lengthAt(flipped, 0)).as("bit %d", bit).isZero();
    }
  }

  @Test
  void doesNotTakeNoise() {
    Random random = new Random(1);
    byte[] noise = new byte[100_000];
    random.nextBytes(noise);
    for (int at = 0; at < noise.length; at++) {
      assertThat(RecordCodec.lengthAt(noise, at)).isZero();
    }
    byte[] zeros = new byte[1000];
    assertThat(RecordCodec.lengthAt(zeros, 0)).isZero();
  }
}
