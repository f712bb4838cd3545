package io.motorwatch.sink.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.motorwatch.model.Alarm;
import io.motorwatch.model.AlarmEpisode;
import io.motorwatch.model.AlarmState;
import io.motorwatch.model.DeviceId;
import io.motorwatch.mqtt.publish.OutgoingMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlarmMessagesTest {

  private static final long RAISED = 1_710_000_030_000L;

  private static Alarm alarm(AlarmState state, String ansi, double value, String reason) {
    AlarmEpisode episode =
        new AlarmEpisode(
            new DeviceId("factory-01", "motor-17"), "overload", 7, ansi, RAISED - 30_000, RAISED);
    return new Alarm(
        episode,
        state,
        "WARNING",
        RAISED,
        0,
        value,
        1.2,
        1.36,
        new Alarm.Said(
            "Persisting overload: 131 % of rated current for 30 s",
            Map.of("overloadPercentage", 31.0), reason, ""));
  }

  private static List<OutgoingMessage> messages(Alarm alarm) {
    List<OutgoingMessage> messages = new ArrayList<>();
    new AlarmMessages("site/{site}/device/{device}").serialize(alarm, messages::add);
    return messages;
  }

  private static String text(OutgoingMessage message) {
    return new String(message.payload(), StandardCharsets.UTF_8);
  }

  @Test
  void shouldPublishTheAlertOfTheContractAndRetainTheOpenAlarm() {
    Alarm alarm = alarm(AlarmState.RAISED, "51", 1.31, "");
    List<OutgoingMessage> messages = messages(alarm);
    String json =
        "{\"alarmId\":\""
            + alarm.episode().alarmId()
            + "\",\"state\":\"RAISED\",\"pattern\":\"overload\",\"patternVersion\":7,"
            + "\"ansi\":\"51\",\"severity\":\"WARNING\",\"site\":\"factory-01\","
            + "\"device\":\"motor-17\",\"onsetAt\":1710000000000,\"raisedAt\":1710000030000,"
            + "\"at\":1710000030000,\"value\":1.31,\"threshold\":1.2,\"peak\":1.36,"
            + "\"durationMs\":30000,"
            + "\"message\":\"Persisting overload: 131 % of rated current for 30 s\","
            + "\"report\":{\"overloadPercentage\":31.0}}";
    assertThat(messages).hasSize(2);
    assertThat(messages.get(0).topic()).isEqualTo("site/factory-01/device/motor-17/alert");
    assertThat(messages.get(0).qos()).isEqualTo(1);
    assertThat(messages.get(0).retain()).isFalse();
    assertThat(text(messages.get(0))).isEqualTo(json);
    assertThat(messages.get(1).topic())
        .isEqualTo("site/factory-01/device/motor-17/alarms/overload");
    assertThat(messages.get(1).retain()).isTrue();
    assertThat(text(messages.get(1))).isEqualTo(json);
  }

  @Test
  void shouldEmptyTheRetainedMessageOnceCleared() {
    List<OutgoingMessage> messages = messages(alarm(AlarmState.CLEARED, "51", 1.1, "gone"));
    assertThat(text(messages.get(0))).contains("\"state\":\"CLEARED\"", "\"reason\":\"gone\"");
    assertThat(messages.get(1).payload()).isEmpty();
    assertThat(messages.get(1).retain()).isTrue();
  }

  @Test
  void shouldLeaveOutWhatThePatternDoesNotHave() {
    String json = text(messages(alarm(AlarmState.RAISED, "", Double.NaN, "")).get(0));
    assertThat(json).doesNotContain("ansi", "\"value\"", "reason", "NaN");
  }

  @Test
  void shouldRefuseATopicThatDoesNotSayTheDevice() {
    assertThatThrownBy(() -> new AlarmMessages("plant/alarms"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("{device}");
  }

  @Test
  void shouldSurviveSerializationIntoState() throws Exception {
    TopicBacklogSerializer serializer = new TopicBacklogSerializer();
    for (OutgoingMessage message : messages(alarm(AlarmState.CLEARED, "51", 1, "µ"))) {
      TopicBacklog backlog =
          new TopicBacklog(message.topic(), List.of(new TopicBacklog.Waiting(7, message)));
      assertThat(serializer.deserialize(2, serializer.serialize(backlog))).isEqualTo(backlog);
    }
  }
}
