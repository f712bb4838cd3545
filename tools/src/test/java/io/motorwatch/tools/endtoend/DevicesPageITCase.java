package io.motorwatch.tools.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the page about connecting a motor, typed, beside the job. */
@Timeout(180)
class DevicesPageITCase {

  private static final Path PAGE = Path.of("../docs/devices.md");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private static List<String> blocks(String kind) throws IOException {
    return Pattern.compile("(?s)```" + kind + "\\n(.*?)```")
        .matcher(Files.readString(PAGE))
        .results()
        .map(block -> block.group(1))
        .toList();
  }

  private static JsonNode example(String kind) throws IOException {
    return JSON.readTree(blocks("json " + kind).get(0));
  }

  private static String only(List<String> found) {
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private Process shell(String script, RunningJob job, Path output) throws IOException {
    assertThat(script).contains("-p 1883");
    String onThisPort = script.replace("-p 1883", "-p " + job.broker().port());
    return new ProcessBuilder("bash", "-euc", onThisPort)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  /** The shipped patterns, of which the overload has a command for the device. */
  private Path patterns() throws IOException {
    String title = "    title: Persisting overload\n";
    String shipped = Files.readString(Path.of("../conf/patterns.yaml"));
    assertThat(shipped).contains(title);
    return Files.writeString(
        folder.resolve("commanding.yaml"),
        shipped.replace(title, title + "    command: {action: stop, ramp: 1.5}\n"));
  }

  private Path keys() throws IOException {
    Matcher key = Pattern.compile("(?m)^KEY=(\\w+)$").matcher(String.join("", blocks("sh")));
    assertThat(key.find()).isTrue();
    return Files.writeString(folder.resolve("keys"), "plant/motor-2 " + key.group(1) + "\n");
  }

  @Test
  void whatThePageSaysToTypeDoesWhatItSays() throws Exception {
    try (RunningJob job =
        RunningJob.start(
            folder,
            "patterns.file=" + patterns(),
            "commands.enabled=true",
            "mqtt.signing.keys-file=" + keys())) {
      Path seen = folder.resolve("seen");
      Process watcher = shell(only(blocks("sh watch")), job, seen);
      try {
        Path typed = folder.resolve("typed");
        Process typing = shell(String.join("\n", blocks("sh")), job, typed);
        assertThat(typing.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(typing.exitValue()).as(Files.readString(typed)).isZero();

        await().atMost(PATIENCE).until(() -> job.heard("motor-1/alert").size() >= 4);
        job.publish(
            "site/plant/device/motor-1/telemetry",
            "{\"timestamp\":%d,\"current\":13.0}".formatted(System.currentTimeMillis()));
        await().atMost(PATIENCE).until(() -> job.heard("motor-1/alert").size() >= 5);
        assertThat(
                job.heard("motor-1/alert").stream()
                    .map(DevicesPageITCase::state)
                    .collect(Collectors.toList()))
            .containsExactly("RAISED", "ACKNOWLEDGED", "SHELVED", "SHELVED", "UNSHELVED");
        JsonNode alert = JSON.readTree(job.heard("motor-1/alert").get(0));
        assertThat(names(alert)).isEqualTo(names(example("alert")));
        for (String same : List.of("pattern", "site", "device", "value", "message")) {
          assertThat(alert.get(same)).as(same).isEqualTo(example("alert").get(same));
        }
        JsonNode command = JSON.readTree(only(job.heard("motor-1/command")));
        assertThat(names(command)).isEqualTo(names(example("command")));
        assertThat(command.get("command")).isEqualTo(example("command").get("command"));

        await()
            .atMost(PATIENCE)
            .until(() -> job.number("SELECT count(current) FROM hot.telemetry") == 64);
        assertThat(job.rows("SELECT reason, detail, topic FROM events.rejected")).isEmpty();
        await().atMost(PATIENCE).until(() -> Files.readString(seen).contains("motor-1/alert {"));
      } finally {
        watcher.destroy();
      }
    }
  }

  private static List<String> names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).sorted().toList();
  }

  private static String state(String alert) {
    try {
      return JSON.readTree(alert).get("state").asText();
    } catch (IOException e) {
      throw new IllegalStateException(alert, e);
    }
  }

  @Test
  void aDeadSensorAndAnUnusableNameplateDoNotSwitchOffProtection() throws Exception {
    try (RunningJob job = RunningJob.start(folder)) {
      String device = "site/plant/device/motor-3/";
      job.publish(device + "attributes", "{\"ratedCurrent\":\"five\",\"maxTemperature\":80}");
      job.publish(device + "attributes", "{\"ratedCurrent\":0,\"maxTemperature\":80}");
      long start = System.currentTimeMillis() - 60_000;
      for (int second = 0; second < 45; second++) {
        job.publish(
            device + "telemetry",
            "{\"timestamp\":%d,\"temperature\":nan,\"current\":13.0}"
                .formatted(start + second * 1000L));
      }
      await().atMost(PATIENCE).until(() -> !job.heard("motor-3/alert").isEmpty());
      assertThat(JSON.readTree(job.heard("motor-3/alert").get(0)).get("pattern").asText())
          .isEqualTo("overload");
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  job.number(
                          "SELECT count(detail) FROM events.rejected WHERE reason ="
                              + " 'unusable-value'")
                      == 2);
      String all =
          job.rows("SELECT detail FROM events.rejected").toString()
              + job.rows("SELECT note FROM events.device_status");
      assertThat(all)
          .contains("attribute ratedCurrent is 0.0, and must be greater than 0")
          .contains("10.0 from defaults is used")
          .contains("field temperature is \"nan\", which is no number")
          .contains("field temperature cannot be read, needed by overtemperature");
    }
  }
}
