package io.motorwatch.tools.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands to devices by a job whose patterns have them, over a real broker. */
@Timeout(180)
class CommandsITCase {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String PATTERNS =
      """
      apiVersion: motorwatch/v1
      version: 1
      signals: {high: {value: current, above: 10}}
      patterns:
        quiet: {sequence: [{on: high}]}
        stopping:
          severity: CRITICAL
          sequence: [{on: high, for: 2s}]
          report: {excess: current - 10}
          command: {action: stop, ramp: 1.5}
      """;

  /** Some time ago, to the second. */
  private final long start = Instant.now().getEpochSecond() * 1000 - 600_000;

  @TempDir Path folder;

  private RunningJob start(String enabled) throws Exception {
    Path patterns = Files.writeString(folder.resolve("own.yaml"), PATTERNS);
    return RunningJob.start(folder, "patterns.file=" + patterns, "commands.enabled=" + enabled);
  }

  private void reading(RunningJob job, String device, long second, double current) {
    job.publish(
        "site/plant/device/" + device + "/telemetry",
        String.format(
            Locale.ROOT, "{\"timestamp\":%d,\"current\":%.1f}", start + 1000 * second, current));
  }

  /** An alarm of each pattern, raised and cleared. */
  private void episode(RunningJob job, String device, long from) {
    for (long second = from; second < from + 4; second++) {
      reading(job, device, second, 12);
    }
    reading(job, device, from + 4, 5);
  }

  private static List<String> topicsOf(RunningJob job, String device) {
    return job.heard().stream()
        .map(message -> message.getTopic().toString())
        .filter(topic -> topic.startsWith("site/plant/device/" + device + "/"))
        .map(topic -> topic.substring(topic.indexOf(device) + device.length() + 1))
        .toList();
  }

  @Test
  void theDeviceIsToldOnceAfterTheAlertWithTheAlarmsIdAlsoAcrossARestart() throws Exception {
    try (RunningJob job = start("true")) {
      episode(job, "m1", 0);
      await().atMost(PATIENCE).until(() -> topicsOf(job, "m1").size() == 9);
      job.restart();
      episode(job, "m1", 10);
      await().atMost(PATIENCE).until(() -> topicsOf(job, "m1").size() == 18);
      List<String> anEpisode =
          List.of(
              "alert",
              "alarms/quiet",
              "alert",
              "alarms/stopping",
              "command",
              "alert",
              "alarms/quiet",
              "alert",
              "alarms/stopping");
      assertThat(topicsOf(job, "m1").subList(0, 9)).isEqualTo(anEpisode);
      assertThat(topicsOf(job, "m1").subList(9, 18)).isEqualTo(anEpisode);

      List<Mqtt5Publish> messages = job.heard();
      Mqtt5Publish sent = messages.get(4);
      assertThat(sent.getQos()).isEqualTo(MqttQos.AT_LEAST_ONCE);
      assertThat(sent.isRetain()).isFalse();
      JsonNode alert = new ObjectMapper().readTree(messages.get(2).getPayloadAsBytes());
      JsonNode command = new ObjectMapper().readTree(sent.getPayloadAsBytes());
      assertThat(alert.get("state").asText()).isEqualTo("RAISED");
      assertThat(command.get("alarmId")).isEqualTo(alert.get("alarmId"));
      assertThat(command.get("raisedAt").asLong()).isEqualTo(start + 2000);
      assertThat(command.get("report").get("excess").asDouble()).isEqualTo(2.0);
      assertThat(command.get("command").toString()).isEqualTo("{\"action\":\"stop\",\"ramp\":1.5}");
      List<String> ids =
          job.heard("/command").stream().map(CommandsITCase::alarmId).distinct().toList();
      assertThat(ids).hasSize(2);
      // The job hears its own commands on its devices' topics, and takes them for nothing.
      assertThat(job.rows("SELECT * FROM events.rejected")).isEmpty();
    }
  }

  private static String alarmId(String json) {
    try {
      return new ObjectMapper().readTree(json).get("alarmId").asText();
    } catch (java.io.IOException e) {
      throw new AssertionError(json, e);
    }
  }

  @Test
  void nobodyIsToldAnythingUnlessThatIsEnabled() throws Exception {
    try (RunningJob job = start("false")) {
      episode(job, "m1", 0);
      // Messages keep their order: what follows the end of the episode follows a command too.
      episode(job, "m1", 10);
      await().atMost(PATIENCE).until(() -> topicsOf(job, "m1").size() >= 16);
      assertThat(topicsOf(job, "m1")).doesNotContain("command").hasSize(16);
    }
  }
}
