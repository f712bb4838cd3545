package io.motorwatch.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.motorwatch.model.Attributes;
import io.motorwatch.model.ClockSetBack;
import io.motorwatch.model.DeviceForgotten;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.DeviceSilence;
import io.motorwatch.model.DeviceStatus;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.Reading;
import io.motorwatch.model.TimelineEvent;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.model.serialization.TimelineEventSerializer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class TimelineEventSerializerTest {

  private static final DeviceId DEVICE = new DeviceId("plänt", "motor-1");

  private static TimelineEvent back(TimelineEvent event) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    TimelineEventSerializer.INSTANCE.serialize(event, out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    TimelineEvent read = TimelineEventSerializer.INSTANCE.deserialize(in);
    assertThat(in.available()).isZero();
    return read;
  }

  @Test
  void keepsAReadingWhole() throws IOException {
    FieldLayout known = FieldLayout.of("current", "speed");
    Reading reading =
        new Reading(DEVICE, 5, 6, 7, FieldLayout.of("current"), new double[] {1.5}).asRedelivered();
    Attributes plate =
        new Attributes(Map.of("ratedCurrent", 4.0), Map.of("motorType", "pump"), Map.of());
    TimelineReading event =
        new TimelineReading(reading, true, known, new double[] {1.5, Double.NaN}, plate);
    TimelineReading read = (TimelineReading) back(event);
    assertThat(read.reading()).isEqualTo(reading);
    assertThat(read.late()).isTrue();
    assertThat(read.known()).isEqualTo(known);
    assertThat(read.latest()).containsExactly(1.5, Double.NaN);
    assertThat(read.attributes()).isEqualTo(plate);
  }

  @Test
  void keepsWhatElseATimelineTells() throws IOException {
    for (TimelineEvent event :
        List.of(
            new ClockSetBack(DEVICE, 9, 3),
            new DeviceForgotten(DEVICE, 8, 5),
            new DeviceSilence(
                DEVICE, 8, 5, 60_000, Attributes.ofNumbers(Map.of("ratedCurrent", 9.0))),
            new DeviceSilence(DEVICE, 8, DeviceStatus.NEVER_SEEN, 1, Attributes.NONE))) {
      assertThat(back(event)).isEqualTo(event);
    }
  }

  @Test
  void refusesAKindItDoesNotKnow() {
    DataInputDeserializer in = new DataInputDeserializer(new byte[] {99});
    assertThatThrownBy(() -> TimelineEventSerializer.INSTANCE.deserialize(in))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("kind 99");
  }
}
