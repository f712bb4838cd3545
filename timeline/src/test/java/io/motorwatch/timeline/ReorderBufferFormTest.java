package io.motorwatch.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.motorwatch.model.DeviceId;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.Reading;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class ReorderBufferFormTest {

  /** Of the time line. */
  private static final int FORM = 5;

  private static final Reading READING =
      new Reading(
          new DeviceId("plant", "motor-1"),
          1_800_000_000_000L,
          1_800_000_000_020L,
          17,
          FieldLayout.of("current"),
          new double[] {9.4});

  private static byte[] written() throws IOException {
    ReorderBuffer buffer = new ReorderBuffer();
    buffer.add(READING);
    DataOutputSerializer out = new DataOutputSerializer(64);
    buffer.write(out);
    return out.getCopyOfBuffer();
  }

  @Test
  void waitingReadingsComeBack() throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(written());
    assertThat(ReorderBuffer.read(FORM, in).takeAll()).containsExactly(READING);
    assertThat(in.available()).isZero();
  }

  @Test
  void thoseWrittenBeforeTheyHadAVersionAreRead() throws IOException {
    byte[] written = written();
    byte[] before = new byte[written.length - 1];
    before[0] = written[0];
    System.arraycopy(written, 2, before, 1, before.length - 1);
    DataInputDeserializer in = new DataInputDeserializer(before);
    assertThat(ReorderBuffer.read(FORM - 1, in).takeAll()).containsExactly(READING);
    assertThat(in.available()).isZero();
  }

  @Test
  void refusesReadingsOfAnotherVersion() throws IOException {
    byte[] written = Arrays.copyOf(written(), 64);
    written[1] = 7;
    assertThatThrownBy(() -> ReorderBuffer.read(FORM, new DataInputDeserializer(written)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("waiting readings of form 7");
  }
}
