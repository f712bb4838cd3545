package io.motorwatch.tools.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.motorwatch.jobs.config.ConfigLoader;
import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.jobs.startup.Provisioning;
import io.motorwatch.jobs.topology.ConnectedOutputs;
import io.motorwatch.jobs.topology.MotorwatchTopology;
import io.motorwatch.jobs.topology.MotorwatchTopology.Branches;
import io.motorwatch.jobs.topology.Outputs;
import io.motorwatch.local.LocalInfluxDb;
import io.motorwatch.source.mqtt.MqttMessage;
import io.motorwatch.tools.endtoend.Recount.Window;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.assertj.core.data.Offset;
import org.influxdb.InfluxDB;
import org.influxdb.InfluxDBFactory;
import org.influxdb.dto.Query;
import org.influxdb.dto.QueryResult.Series;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three days of a fleet, readings late, sent twice and interrupted by failures, against a recount
 * of the raw rows: every point of warm, cold and archive. The middle day has 23 hours.
 */
class TiersITCase {

  private static final int DEVICES = 200;
  private static final int FAILURES = 3;
  private static final int PER_SECOND = 25_000;
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final long START = Instant.parse("2024-03-29T23:00:00Z").toEpochMilli();

  /** After all windows but those of each device's closing reading, which stay open. */
  private static final long END = START + 4 * 86_400_000L;

  private static final List<String> TIERS = List.of("warm", "cold", "archive");
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Read by the source, which is in this process. */
  private static List<String> rows = List.of();

  @TempDir Path folder;

  /** The message of a row; behind the last one, the last one again, which is a duplicate. */
  private static MqttMessage message(long index) {
    String[] cells = rows.get((int) Math.min(index, rows.size() - 1)).split(";", -1);
    StringBuilder json = new StringBuilder("{\"timestamp\":" + cells[1]);
    if (!cells[2].isEmpty()) {
      json.append(",\"seq\":").append(cells[2]);
    }
    for (int i = 3; i < cells.length; i++) {
      if (!cells[i].isEmpty()) {
        json.append(",\"f").append(i - 3).append("\":").append(cells[i]);
      }
    }
    return new MqttMessage(
        "site/plant/device/" + cells[0] + "/telemetry",
        json.append('}').toString().getBytes(StandardCharsets.UTF_8),
        false,
        1,
        null,
        Long.parseLong(cells[1]) + RawRows.LATE);
  }

  private MotorwatchConfig config(String url) throws Exception {
    Path patterns = Path.of("../conf/patterns.yaml").toAbsolutePath();
    Path file =
        Files.writeString(folder.resolve("motorwatch.yaml"), "patterns: {file: " + patterns + "}");
    List<String> overrides =
        List.of(
            "influx.url=" + url,
            "timeline.max-future=4h",
            "timeline.silent-after=1d",
            "timeline.forget-after=36500d",
            "tiers.hot.keep=inf",
            "tiers.warm.keep=inf",
            "tiers.cold.keep=inf",
            "tiers.warm.stddev=true",
            "tiers.archive.stddev=true",
            "tiers.time-zone=" + ZONE,
            "tiers.spread=300ms");
    return ConfigLoader.load(file, overrides, Map.of());
  }

  private JobClient start(MotorwatchConfig config) throws Exception {
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(300));
    settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    settings.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.resolve("checkpoints").toUri() + "");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, FAILURES);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2, settings);
    Outputs outputs =
        new Outputs(
            new FailingSink<>(FAILURES, rows.size() / (FAILURES + 1)),
            ConnectedOutputs.of(config).aggregates(),
            new DiscardingSink<>(),
            new DiscardingSink<>(),
            new DiscardingSink<>(),
            new DiscardingSink<>(),
            new DiscardingSink<>(),
            new DiscardingSink<>());
    new MotorwatchTopology(
            config, Files.readString(config.patterns().file()), outputs, Branches.RETENTION)
        .build(
            env,
            new DataGeneratorSource<>(
                TiersITCase::message,
                Long.MAX_VALUE,
                RateLimiterStrategy.perSecond(PER_SECOND),
                MqttMessage.TYPE_INFO));
    return env.executeAsync("three days");
  }

  private static List<Series> query(InfluxDB influx, String text) {
    List<Series> series =
        influx
            .query(new Query(text, "motorwatch"), TimeUnit.MILLISECONDS)
            .getResults()
            .get(0)
            .getSeries();
    return series == null ? List.of() : series;
  }

  private static long readings(InfluxDB influx, String tier) {
    List<Series> found =
        query(
            influx,
            "SELECT sum(f0_count) FROM " + tier + ".telemetry_agg WHERE time < " + END + "ms");
    return found.isEmpty() ? 0 : ((Number) found.get(0).getValues().get(0).get(1)).longValue();
  }

  /** By the same key as the recount. */
  private static Map<String, Map<String, Number>> held(InfluxDB influx, String tier) {
    Map<String, Map<String, Number>> held = new TreeMap<>();
    String all =
        "SELECT * FROM " + tier + ".telemetry_agg WHERE time < " + END + "ms GROUP BY device";
    for (Series series : query(influx, all)) {
      List<String> columns = series.getColumns();
      for (List<Object> row : series.getValues()) {
        long start = ((Number) row.get(0)).longValue();
        for (int i = 1; i < columns.size(); i++) {
          if (row.get(i) instanceof Number value) {
            String field = columns.get(i).substring(1, columns.get(i).indexOf('_'));
            String key = tier + " " + series.getTags().get("device") + " " + start + " " + field;
            held.computeIfAbsent(key, k -> new TreeMap<>())
                .put(columns.get(i).substring(columns.get(i).indexOf('_')), value);
          }
        }
      }
    }
    return held;
  }

  @Test
  void everyPointOfEveryTierIsTheOneTheRawRowsGive() throws Exception {
    rows = RawRows.of(DEVICES, START, Long.getLong("tiers.seed", 1));
    Path csv = Files.write(folder.resolve("raw.csv"), rows);
    long expected = Recount.rows(csv) - DEVICES;
    try (LocalInfluxDb server = LocalInfluxDb.start(Files.createDirectory(folder.resolve("db")));
        InfluxDB influx = InfluxDBFactory.connect(server.url())) {
      MotorwatchConfig config = config(server.url());
      Provisioning.run(config);
      JobClient job = start(config);
      try {
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(500))
            .untilAsserted(
                () ->
                    assertThat(TIERS)
                        .allSatisfy(
                            tier -> assertThat(readings(influx, tier)).isEqualTo(expected)));
      } finally {
        job.cancel().get(1, TimeUnit.MINUTES);
      }
      assertThat(FailingSink.failed()).isEqualTo(FAILURES);
      Map<String, Window> windows = Recount.of(csv, ZONE);
      windows.keySet().removeIf(key -> Long.parseLong(key.split(" ")[2]) >= END);
      Map<String, Map<String, Number>> held = new TreeMap<>();
      TIERS.forEach(tier -> held.putAll(held(influx, tier)));
      assertThat(held.keySet()).isEqualTo(windows.keySet());
      windows.forEach((key, window) -> assertSame(key, held.get(key), window));
    }
  }

  private static void assertSame(String key, Map<String, Number> point, Window window) {
    assertThat(point.get("_count").longValue()).as(key).isEqualTo(window.count());
    assertThat(point.get("_sum").doubleValue()).as(key).isCloseTo(window.sum(), within(window));
    assertThat(point.get("_min").doubleValue()).as(key).isEqualTo(window.min());
    assertThat(point.get("_max").doubleValue()).as(key).isEqualTo(window.max());
    assertThat(point.get("_last").doubleValue()).as(key).isEqualTo(window.last());
    assertThat(point.get("_mean").doubleValue())
        .as(key)
        .isCloseTo(window.sum() / window.count(), within(window));
    if (key.startsWith("cold") || window.count() == 1) {
      assertThat(point).as(key).doesNotContainKey("_stddev");
    } else {
      assertThat(point.get("_stddev").doubleValue())
          .as(key)
          .isCloseTo(window.deviation(), Offset.offset(1e-6));
    }
  }

  /** What the order of additions may change. */
  private static Offset<Double> within(Window window) {
    return Offset.offset(1e-12 * Math.max(1, window.sum()) * window.count());
  }
}
