package io.motorwatch.sink.influx.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.local.LocalInfluxDb;
import io.motorwatch.model.Aggregate;
import io.motorwatch.model.Alarm;
import io.motorwatch.model.AlarmEpisode;
import io.motorwatch.model.AlarmState;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.DeviceStatus;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.FieldStatistics;
import io.motorwatch.model.Reading;
import io.motorwatch.model.RejectReason;
import io.motorwatch.model.Rejection;
import io.motorwatch.model.TierInfo;
import io.motorwatch.sink.influx.Encoded;
import io.motorwatch.sink.influx.InfluxConnection;
import io.motorwatch.sink.influx.InfluxProvisioner;
import io.motorwatch.sink.influx.InfluxQueries;
import io.motorwatch.sink.influx.PointSerializer;
import io.motorwatch.sink.influx.Retention;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.influxdb.InfluxDB;
import org.influxdb.InfluxDBFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each measurement as a reader of the database sees it: names, types, times. */
class SchemaITCase {

  private static final DeviceId MOTOR = new DeviceId("factory 1", "motor,17");
  private static final long AT = 1_710_000_030_000L;
  private static final String AT_TEXT = "2024-03-09T16:00:30Z";
  private static final AlarmEpisode EPISODE =
      new AlarmEpisode(MOTOR, "overload", 7, "51", AT - 30_000, AT);

  @TempDir static Path folder;
  private static LocalInfluxDb server;

  @BeforeAll
  static void start() throws Exception {
    server = LocalInfluxDb.start(folder);
    InfluxProvisioner.provision(
        InfluxConnection.of(server.url(), "motorwatch"),
        List.of(
            Retention.unlimited("hot"),
            Retention.unlimited("warm"),
            Retention.unlimited("events")));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static <T> void write(PointSerializer<T> serializer, T value) {
    try (InfluxDB client = InfluxDBFactory.connect(server.url())) {
      for (String encoded : Encoded.by(serializer, value)) {
        int space = encoded.indexOf(' ');
        String[] route = encoded.substring(0, space).split("/");
        TimeUnit unit = route[1].equals("ms") ? TimeUnit.MILLISECONDS : TimeUnit.NANOSECONDS;
        client.write(
            "motorwatch",
            route[0],
            InfluxDB.ConsistencyLevel.ONE,
            unit,
            encoded.substring(space + 1));
      }
    }
  }

  private static List<Map<String, Object>> read(String tier, String measurement) {
    try (InfluxQueries queries = new InfluxQueries(server.url(), "motorwatch")) {
      return queries.rows("SELECT * FROM " + tier + "." + measurement);
    }
  }

  private static Map<String, String> types(String tier, String measurement) {
    Map<String, String> types = new TreeMap<>();
    try (InfluxQueries queries = new InfluxQueries(server.url(), "motorwatch")) {
      queries
          .rows("SHOW FIELD KEYS ON motorwatch FROM " + tier + "." + measurement)
          .forEach(row -> types.put((String) row.get("fieldKey"), (String) row.get("fieldType")));
    }
    return types;
  }

  private static Alarm alarm(AlarmState state, int ordinal, double value) {
    return new Alarm(
        EPISODE,
        state,
        "WARNING",
        AT,
        ordinal,
        value,
        1.2,
        1.36,
        new Alarm.Said("Overload", Map.of(), "", ""));
  }

  @Test
  void shouldWriteReadingsAsFloatsAtDeviceTime() {
    write(
        new TelemetryPoints(null, Clock.systemUTC()),
        new Reading(
            MOTOR, AT, 0, 1, FieldLayout.of("current", "speed"), new double[] {9.4, 1478.0}));
    assertThat(read("hot", "telemetry"))
        .containsExactly(
            Map.of(
                "time",
                AT_TEXT,
                "site",
                "factory 1",
                "device",
                "motor,17",
                "current",
                9.4,
                "speed",
                1478.0));
    assertThat(types("hot", "telemetry")).isEqualTo(Map.of("current", "float", "speed", "float"));
  }

  @Test
  void shouldKeepTagsInSightWhenADeviceNamesItsFieldsAsThem() {
    DeviceId odd = new DeviceId("odd", "motor 18");
    FieldLayout layout = FieldLayout.of("device", "site", "time", "device_", "devices");
    write(
        new TelemetryPoints(null, Clock.systemUTC()),
        new Reading(odd, AT, 0, 1, layout, new double[] {1, 2, 3, 4, 5}));
    try (InfluxQueries queries = new InfluxQueries(server.url(), "motorwatch")) {
      assertThat(
              queries.rows(
                  "SELECT device_, site_, time_, device__, devices FROM hot.telemetry"
                      + " WHERE site = 'odd' AND device = 'motor 18'"))
          .containsExactly(
              Map.of(
                  "time",
                  AT_TEXT,
                  "device_",
                  1.0,
                  "site_",
                  2.0,
                  "time_",
                  3.0,
                  "device__",
                  4.0,
                  "devices",
                  5.0));
      queries.rows("DROP MEASUREMENT telemetry");
    }
  }

  @Test
  void shouldLeaveOutReadingsThatHotNoLongerKeeps() {
    Clock clock = Clock.fixed(Instant.ofEpochMilli(AT), java.time.ZoneOffset.UTC);
    TelemetryPoints points = new TelemetryPoints(Duration.ofHours(24), clock);
    long oldest = AT - Duration.ofHours(24).toMillis();
    FieldLayout layout = FieldLayout.of("current");
    Reading kept = new Reading(MOTOR, oldest, 0, 1, layout, new double[] {1});
    Reading old = new Reading(MOTOR, oldest - 1, 0, 1, layout, new double[] {1});
    assertThat(Encoded.by(points, kept)).hasSize(1);
    assertThat(Encoded.by(points, old)).isEmpty();
    assertThat(Encoded.leftOut(points, old)).isEqualTo(1);
  }

  @Test
  void shouldWriteAWholeWindowAtItsStart() {
    write(
        new AggregatePoints(Set.of()),
        new Aggregate(
            MOTOR, "warm", AT, Map.of("current", new FieldStatistics(4, 38, 9, 10, 9.5, AT))));
    assertThat(read("warm", "telemetry_agg"))
        .containsExactly(
            Map.of(
                "time",
                AT_TEXT,
                "site",
                "factory 1",
                "device",
                "motor,17",
                "current_count",
                4.0,
                "current_sum",
                38.0,
                "current_min",
                9.0,
                "current_max",
                10.0,
                "current_mean",
                9.5,
                "current_last",
                9.5));
    assertThat(types("warm", "telemetry_agg"))
        .containsEntry("current_count", "integer")
        .containsEntry("current_sum", "float")
        .containsEntry("current_min", "float")
        .containsEntry("current_max", "float")
        .containsEntry("current_mean", "float")
        .containsEntry("current_last", "float")
        .hasSize(6);
  }

  @Test
  void shouldKeepAlarmTransitionsOfOneMillisecondApart() {
    write(new AlarmPoints(), alarm(AlarmState.RAISED, 0, 1.31));
    write(new AlarmPoints(), alarm(AlarmState.CLEARED, 1, Double.NaN));
    List<Map<String, Object>> rows = read("events", "alarm");
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0))
        .containsEntry("time", AT_TEXT)
        .containsEntry("site", "factory 1")
        .containsEntry("device", "motor,17")
        .containsEntry("pattern", "overload")
        .containsEntry("state", "RAISED")
        .containsEntry("severity", "WARNING")
        .containsEntry("alarm_id", EPISODE.alarmId())
        .containsEntry("message", "Overload")
        .containsEntry("value", 1.31)
        .containsEntry("threshold", 1.2)
        .containsEntry("peak", 1.36)
        .containsEntry("duration_ms", 30_000.0)
        .containsEntry("onset_at", AT - 30_000.0)
        .containsEntry("raised_at", (double) AT)
        .containsEntry("pattern_version", 7.0)
        .hasSize(15);
    assertThat(rows.get(1))
        .containsEntry("time", "2024-03-09T16:00:30.000000001Z")
        .containsEntry("state", "CLEARED")
        .containsEntry("value", null);
    assertThat(types("events", "alarm"))
        .containsEntry("duration_ms", "integer")
        .containsEntry("onset_at", "integer")
        .containsEntry("raised_at", "integer")
        .containsEntry("pattern_version", "integer")
        .containsEntry("value", "float");
  }

  @Test
  void shouldWriteDeviceStatusInLowerCase() {
    write(
        new DeviceStatusPoints(),
        new DeviceStatus(
            MOTOR, DeviceStatus.Health.SILENT, AT - 60_000, -12.5, 3, "clock set back", AT));
    assertThat(read("events", "device_status"))
        .containsExactly(
            Map.of(
                "time",
                AT_TEXT,
                "site",
                "factory 1",
                "device",
                "motor,17",
                "status",
                "silent",
                "last_seen",
                AT - 60_000.0,
                "clock_skew_ms",
                -12.5,
                "lost",
                3.0,
                "note",
                "clock set back"));
    assertThat(types("events", "device_status"))
        .isEqualTo(
            Map.of(
                "status", "string",
                "last_seen", "integer",
                "clock_skew_ms", "float",
                "lost", "integer",
                "note", "string"));
  }

  @Test
  void shouldKeepEveryRejectionOfOneMillisecondAndCutItsPayload() {
    RejectionPoints points = new RejectionPoints();
    Rejection rejection =
        new Rejection(
            RejectReason.MALFORMED,
            "factory 1",
            "",
            "site/factory 1/…",
            "line 1: \"x\"",
            "\uFFFD".repeat(1024),
            AT);
    for (int i = 0; i < 50; i++) {
      write(points, rejection);
    }
    List<Map<String, Object>> rows = read("events", "rejected");
    assertThat(rows).hasSize(50);
    assertThat(rows.get(0))
        .containsEntry("site", "factory 1")
        .containsEntry("reason", "malformed")
        .containsEntry("topic", "site/factory 1/…")
        .containsEntry("device", "")
        .containsEntry("detail", "line 1: \"x\"")
        .containsEntry("payload", "\uFFFD".repeat(341))
        .hasSize(7);
  }

  @Test
  void shouldPutTierInfoIntoTheTierItDescribes() {
    write(new TierInfoPoints(Set.of()), new TierInfo("warm", 2, 86_400_000, AT));
    assertThat(read("warm", "tier_info"))
        .containsExactly(
            Map.of("time", AT_TEXT, "rp", "warm", "rank", 2.0, "max_span", 86_400_000.0));
    assertThat(types("warm", "tier_info"))
        .isEqualTo(Map.of("rank", "integer", "max_span", "integer"));
  }

  @Test
  void shouldNotFailOnTimesThatNanosecondsCannotExpress() {
    List<String> lines = new ArrayList<>();
    for (long at : new long[] {Long.MIN_VALUE, Long.MAX_VALUE}) {
      Alarm alarm =
          new Alarm(
              EPISODE,
              AlarmState.RAISED,
              "MINOR",
              at,
              0,
              1,
              1,
              1,
              new Alarm.Said("Overload", Map.of(), "", ""));
      lines.addAll(Encoded.by(new AlarmPoints(), alarm));
    }
    assertThat(lines).hasSize(2);
  }
}
