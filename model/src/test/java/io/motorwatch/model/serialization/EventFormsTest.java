package io.motorwatch.model.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.motorwatch.model.AlarmRequest;
import io.motorwatch.model.Attributes;
import io.motorwatch.model.AttributesReport;
import io.motorwatch.model.ClockSetBack;
import io.motorwatch.model.DeviceEvent;
import io.motorwatch.model.DeviceForgotten;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.DeviceSilence;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.PatternFileUpdate;
import io.motorwatch.model.Reading;
import io.motorwatch.model.StatusReport;
import io.motorwatch.model.TimelineEvent;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.model.UnusableValues;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** Every kind of event has a form, and none is written as nothing. */
class EventFormsTest {

  private static final String MADE_WHEN_ASKED_FOR = "(.*\\.)?(encoded|path)";
  private static final DeviceId DEVICE = new DeviceId("plänt", "motor-1");
  private static final Attributes PLATE = Attributes.ofNumbers(Map.of("ratedCurrent", 9.0));
  private static final Reading READING =
      new Reading(DEVICE, 5, 6, 7, FieldLayout.of("current"), new double[] {1.5});
  private static final PatternFileUpdate PATTERNS =
      new PatternFileUpdate(DEVICE, 7, "version: 7", 6);
  private static final AlarmRequest ACKNOWLEDGEMENT =
      new AlarmRequest(DEVICE, "a1", "overload", new AlarmRequest.Acknowledge(), "ann", 6);
  private static final AlarmRequest SHELVING =
      new AlarmRequest(DEVICE, "", "overload", new AlarmRequest.Shelve(9, 8), "ann", 6);

  private static final UnusableValues UNUSABLE =
      new UnusableValues(
          DEVICE,
          "site/plänt/device/motor-1/telemetry",
          5,
          List.of(new UnusableValues.Member("temperature", "is null")),
          "{}",
          PLATE,
          6);

  private static <T> T back(TypeSerializer<T> serializer, T event) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(event, out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    T read = serializer.deserialize(in);
    assertThat(in.available()).isZero();
    return read;
  }

  private static <T> void everyKindComesBack(
      Class<T> type, TypeSerializer<T> serializer, List<T> events) throws IOException {
    for (T event : events) {
      assertThat(back(serializer, event))
          .usingRecursiveComparison()
          .ignoringFieldsMatchingRegexes(MADE_WHEN_ASKED_FOR)
          .isEqualTo(event);
    }
    assertThat(events.stream().<Object>map(Object::getClass))
        .as("one of each kind")
        .containsAll(kinds(type));
  }

  private static List<Class<?>> kinds(Class<?> type) {
    return Stream.of(type.getPermittedSubclasses())
        .flatMap(each -> each.isSealed() ? kinds(each).stream() : Stream.of(each))
        .<Class<?>>map(each -> each)
        .toList();
  }

  @Test
  void everyKindOfDeviceEventComesBack() throws IOException {
    everyKindComesBack(
        DeviceEvent.class,
        DeviceEventSerializer.INSTANCE,
        List.of(
            READING,
            new StatusReport(DEVICE, true, false, 6),
            new AttributesReport(DEVICE, PLATE, 6),
            PATTERNS,
            ACKNOWLEDGEMENT,
            SHELVING,
            UNUSABLE));
  }

  @Test
  void everyKindOfTimelineEventComesBack() throws IOException {
    everyKindComesBack(
        TimelineEvent.class,
        TimelineEventSerializer.INSTANCE,
        List.of(
            TimelineReading.complete(READING, PLATE),
            new ClockSetBack(DEVICE, 9, 3),
            new DeviceForgotten(DEVICE, 8, 5),
            new DeviceSilence(DEVICE, 8, 5, 60_000, PLATE),
            PATTERNS,
            ACKNOWLEDGEMENT,
            SHELVING,
            UNUSABLE));
  }

  @Test
  void whatHasNoFormIsRefusedByName() {
    for (TypeSerializer<?> serializer :
        List.of(DeviceEventSerializer.INSTANCE, TimelineEventSerializer.INSTANCE)) {
      assertThatThrownBy(() -> serializer.serialize(null, new DataOutputSerializer(8)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("no serialized form for null");
    }
    assertThat(Wire.noFormFor(DEVICE)).hasMessageContaining("io.motorwatch.model.DeviceId");
  }
}
