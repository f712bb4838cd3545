package io.motorwatch.sink.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.motorwatch.model.Alarm;
import io.motorwatch.model.AlarmEpisode;
import io.motorwatch.model.AlarmState;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.serialization.AlarmSerializer;
import io.motorwatch.mqtt.publish.OutgoingMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class DeviceCommandsTest {

  private static final String ROOT = "site/{site}/device/{device}";
  private static final long RAISED = 1_710_000_002_000L;

  private static Alarm alarm(String command) {
    return new Alarm(
        new AlarmEpisode(
            new DeviceId("factory-01", "motor-17"), "stall", 7, "51LR", RAISED - 2_000, RAISED),
        AlarmState.RAISED,
        "CRITICAL",
        RAISED,
        0,
        5.2,
        2.0,
        5.5,
        new Alarm.Said("Stall", Map.of("overloadPercentage", 420.0), "", command));
  }

  private static List<OutgoingMessage> messages(
      MessageSerializer<Alarm> serializer, String command) {
    List<OutgoingMessage> messages = new ArrayList<>();
    serializer.serialize(alarm(command), messages::add);
    return messages;
  }

  @Test
  void shouldTellTheDeviceOnceWithTheAlarmsIdAndWhatThePatternSays() {
    List<OutgoingMessage> messages =
        messages(new DeviceCommands(ROOT), "{\"action\":\"stop\",\"ramp\":1.50}");
    String json =
        "{\"alarmId\":\"%s\",\"pattern\":\"stall\",\"patternVersion\":7,\"severity\":\"CRITICAL\","
                .formatted(alarm("").episode().alarmId())
            + "\"site\":\"factory-01\",\"device\":\"motor-17\",\"onsetAt\":1710000000000,"
            + "\"raisedAt\":1710000002000,\"at\":1710000002000,"
            + "\"command\":{\"action\":\"stop\",\"ramp\":1.50},"
            + "\"report\":{\"overloadPercentage\":420.0}}";
    assertThat(messages)
        .containsExactly(
            new OutgoingMessage(
                "site/factory-01/device/motor-17/command",
                json.getBytes(StandardCharsets.UTF_8),
                1,
                false));
  }

  @Test
  void shouldTellNothingWhereThePatternSaysNothing() {
    assertThat(messages(new DeviceCommands(ROOT), "")).isEmpty();
  }

  @Test
  void shouldTellTheDeviceAfterEverybodyElse() {
    assertThat(messages(new AlarmMessages(ROOT).andThen(new DeviceCommands(ROOT)), "\"stop\""))
        .extracting(OutgoingMessage::topic)
        .containsExactly(
            "site/factory-01/device/motor-17/alert",
            "site/factory-01/device/motor-17/alarms/stall",
            "site/factory-01/device/motor-17/command");
  }

  @Test
  void shouldSurviveTheWayFromTheOperatorToTheSink() throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(64);
    AlarmSerializer.INSTANCE.serialize(alarm("\"stop\""), out);
    assertThat(
            AlarmSerializer.INSTANCE.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())))
        .isEqualTo(alarm("\"stop\""));
  }

  @Test
  void shouldRefuseATopicThatDoesNotSayTheDevice() {
    assertThatThrownBy(() -> new DeviceCommands("plant/motors"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("{device}");
  }
}
