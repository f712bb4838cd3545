package io.motorwatch.tools.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.motorwatch.local.LocalInfluxDb;
import io.motorwatch.model.Alarm;
import io.motorwatch.model.AlarmEpisode;
import io.motorwatch.model.AlarmState;
import io.motorwatch.model.DeviceId;
import io.motorwatch.sink.influx.InfluxConnection;
import io.motorwatch.sink.influx.InfluxProvisioner;
import io.motorwatch.sink.influx.InfluxQlClient;
import io.motorwatch.sink.influx.PointsOnce;
import io.motorwatch.sink.influx.Retention;
import io.motorwatch.sink.influx.schema.AlarmPoints;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code patterns health} on a real InfluxDB, as a person calls it. */
class PatternsHealthITCase {

  private static final long BEGIN = Instant.parse("2026-01-05T06:00:00Z").toEpochMilli();

  private static final String PATTERNS =
      """
      apiVersion: motorwatch/v1
      version: 2
      signals: {over: {value: current / ratedCurrent, above: 1.2}}
      patterns:
        overload: {sequence: [{on: over, for: 30s}]}
      """;

  @TempDir static Path folder;
  private static LocalInfluxDb database;
  private static Path config;

  @BeforeAll
  static void start() throws Exception {
    database = LocalInfluxDb.start(folder.resolve("influx"));
    InfluxConnection connection = connection();
    InfluxProvisioner.provision(
        connection, List.of(Retention.unlimited("hot"), Retention.unlimited("events")));
    Files.writeString(folder.resolve("patterns.yaml"), PATTERNS);
    config =
        Files.writeString(
            folder.resolve("motorwatch.yaml"),
            "patterns: {file: patterns.yaml}\ninflux: {url: '" + database.url() + "'}\n");
    for (int i = 0; i < 12; i++) {
      write(connection, "hall 3", "m,1", BEGIN + 40_000L * i, 5_000);
    }
    write(connection, "plant", "m2", BEGIN + 3_600_000, 7_200_000);
  }

  private static InfluxConnection connection() {
    return InfluxConnection.of(database.url(), "motorwatch");
  }

  private static void write(
      InfluxConnection connection, String site, String device, long raised, long lasts)
      throws Exception {
    AlarmEpisode episode =
        new AlarmEpisode(new DeviceId(site, device), "overload", 2, "51", raised - 30_000, raised);
    Alarm.Said said = new Alarm.Said("at 130 %", Map.of(), "", "");
    for (AlarmState state : List.of(AlarmState.RAISED, AlarmState.CLEARED)) {
      long at = state == AlarmState.RAISED ? raised : raised + lasts;
      PointsOnce.write(
          connection,
          new AlarmPoints(),
          new Alarm(episode, state, "WARNING", at, 0, 1.3, 1.2, 1.3, said));
    }
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  private static Printed health(String... more) {
    String[] arguments = new String[6 + more.length];
    System.arraycopy(
        new String[] {
          "patterns", "health", "--config", config.toString(), "--since", "2026-01-05T00:00:00Z"
        },
        0,
        arguments,
        0,
        6);
    System.arraycopy(more, 0, arguments, 6, more.length);
    return Printed.by(folder, arguments);
  }

  @Test
  void theReportSaysWhatIsTooMuchAndWhatWouldMendIt() {
    Printed printed = health("--until", "2026-01-06T00:00:00Z");
    assertThat(printed.err()).isEmpty();
    assertThat(printed.status()).isZero();
    assertThat(String.join("\n", printed.out()))
        .contains("13 alarms of 2 devices from 2026-01-05T00:00:00Z to 2026-01-06T00:00:00Z")
        .containsPattern("most in ten minutes +12, 2026-01-05T06:00:00Z +TOO MUCH, target 10")
        .contains("92 %  overload of hall 3/m,1")
        .contains("patterns.overload.sequence: for: 40s on the last step (now 30s)")
        .contains("it would have spared 12 of 13 alarms");
  }

  @Test
  void oneObjectForProgramsAndAPointForDashboards() throws Exception {
    Printed printed = health("--until", "2026-01-06T00:00:00Z", "--json", "--write");
    JsonNode json = new ObjectMapper().readTree(String.join("", printed.out()));
    assertThat(json.path("alarms").asInt()).isEqualTo(13);
    assertThat(json.path("chattering").asInt()).isZero();
    assertThat(json.path("fleeting").asInt()).isEqualTo(12);
    assertThat(json.path("topTen").get(0).path("device").asText()).isEqualTo("m,1");
    assertThat(json.path("remedies").get(0).path("spared").asInt()).isEqualTo(12);
    try (InfluxQlClient client = InfluxQlClient.open(connection())) {
      String written =
          new String(
              client
                  .ask("events", "SELECT alarms, fleeting FROM events.alarm_health")
                  .readAllBytes(),
              StandardCharsets.UTF_8);
      assertThat(written).contains("1767657600000,13,12");
    }
  }

  @Test
  void sitesAreLookedAtByThemselves() {
    Printed printed = health("--until", "2026-01-06T00:00:00Z", "--site", "plant");
    assertThat(printed.out().get(0)).startsWith("1 alarm of 1 device ");
  }

  @Test
  void aWrongTimeIsWrongUsage() {
    Printed printed = health("--until", "yesterday");
    assertThat(printed.status()).isEqualTo(2);
    assertThat(printed.err()).anyMatch(line -> line.contains("--until: 'yesterday'"));
  }

  @Test
  void aDatabaseThatIsAwayIsSaidInOneLine() {
    Printed printed = health("--set", "influx.url=http://127.0.0.1:1");
    assertThat(printed.status()).isEqualTo(1);
    assertThat(printed.err()).singleElement().asString().contains("http://127.0.0.1:1");
  }
}
