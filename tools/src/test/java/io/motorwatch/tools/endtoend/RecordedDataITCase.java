package io.motorwatch.tools.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.motorwatch.tools.command.Motorwatch;
import io.motorwatch.tools.demo.ReadBack;
import io.motorwatch.tools.demo.ReadBack.AlarmPoint;
import io.motorwatch.tools.simulator.TruthEpisode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Recordings of real machines through the broker and the whole job. They are not part of the
 * product: where their folder is absent these tests are skipped.
 */
class RecordedDataITCase {

  private static final Path DATA = Path.of("../../shared/data");
  private static final Path SKAB = DATA.resolve("skab/anomaly-free.csv");
  private static final Path METRO = DATA.resolve("metropt3/metropt3_sample_first_rows.csv");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long MINUTE = 60_000;
  private static final long MAX_GAP = 10_000;
  private static final long PERSISTS = 30_000;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  @TempDir Path folder;

  private RunningJob job;

  /** A row of a recording. */
  private record Row(long at, double current) {}

  @BeforeEach
  void start() throws Exception {
    assumeThat(DATA).as("the folder of recordings").exists();
    // They are from 2020: older than what is kept by default.
    job =
        RunningJob.start(
            folder,
            "tiers.hot.keep=inf",
            "tiers.warm.keep=inf",
            "tiers.cold.keep=inf",
            "tiers.events.keep=inf");
  }

  @AfterEach
  void stop() throws Exception {
    if (job != null) {
      job.close();
    }
  }

  private static List<Row> rows(Path file, String delimiter, String time, String current)
      throws Exception {
    List<String> lines = Files.readAllLines(file);
    List<String> header = List.of(lines.get(0).split(delimiter, -1));
    List<Row> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(delimiter, -1);
      LocalDateTime at = LocalDateTime.parse(cells[header.indexOf(time)], TIME);
      rows.add(
          new Row(
              at.toInstant(ZoneOffset.UTC).toEpochMilli(),
              Double.parseDouble(cells[header.indexOf(current)])));
    }
    return rows;
  }

  private void nameplate(String device, double ratedCurrent) {
    job.publish(
        "site/lab/device/" + device + "/attributes",
        ("{\"ratedCurrent\":" + ratedCurrent + "}").getBytes(StandardCharsets.UTF_8),
        true);
  }

  private void replay(Path file, String delimiter, String time, String device, String... maps) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "replay",
                "--broker",
                job.broker().uri(),
                "--file",
                file.toString(),
                "--site",
                "lab",
                "--device",
                device,
                "--time",
                time,
                "--delimiter",
                delimiter,
                "--speedup",
                "max"));
    for (String map : maps) {
      command.add("--map");
      command.add(map);
    }
    assertThat(Motorwatch.execute(command.toArray(String[]::new))).isZero();
  }

  private void awaitReadings(long count) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(job.number("SELECT count(current) FROM hot.telemetry")).isEqualTo(count);
              assertThat(job.number("SELECT sum(current_count) FROM archive.telemetry_agg"))
                  .isEqualTo(count);
            });
  }

  /** Of the three patterns about too much current, which these tests compute. */
  private List<AlarmPoint> alarms(String device) {
    try (ReadBack held = new ReadBack(job.database().url(), "lab")) {
      return held.alarms().stream()
          .filter(alarm -> alarm.device().equals(device))
          .filter(alarm -> TruthEpisode.PATTERNS.contains(alarm.pattern()))
          .toList();
    }
  }

  /** Persisting overloads by the definition, read off the rows: state, onset, time. */
  private static List<String> overloads(List<Row> rows, double rated) {
    List<String> expected = new ArrayList<>();
    long onset = -1;
    boolean open = false;
    long onsetOfOpen = 0;
    long before = rows.get(0).at();
    for (Row row : rows) {
      double load = row.current() / rated;
      if (row.at() - before > MAX_GAP) {
        onset = -1;
      }
      before = row.at();
      if (onset >= 0 && load < 1.15) {
        onset = -1;
      } else if (onset < 0 && load > 1.2) {
        onset = row.at();
      }
      if (open && onset < 0) {
        open = false;
        expected.add("CLEARED " + onsetOfOpen + " " + row.at());
      } else if (!open && onset >= 0 && row.at() - onset >= PERSISTS) {
        open = true;
        onsetOfOpen = onset;
        expected.add("RAISED " + onset + " " + row.at());
      }
    }
    return expected;
  }

  private static List<String> lines(List<AlarmPoint> alarms) {
    return alarms.stream()
        .map(alarm -> alarm.state() + " " + alarm.onsetAt() + " " + alarm.at())
        .filter(line -> !line.startsWith("ESCALATED"))
        .toList();
  }

  @Test
  void aPumpsRealCurrentIsKeptRowByRowAndMinuteByMinuteAndItsNoiseIsNoOverload() throws Exception {
    List<Row> rows = rows(SKAB, ";", "datetime", "Current");
    nameplate("pump-1", 2.54);
    replay(SKAB, ";", "datetime", "pump-1", "Current=current", "Temperature=temperature");
    awaitReadings(rows.size());

    Map<Long, DoubleSummaryStatistics> minutes = new TreeMap<>();
    for (Row row : rows) {
      minutes
          .computeIfAbsent(row.at() / MINUTE * MINUTE, start -> new DoubleSummaryStatistics())
          .accept(row.current());
    }
    List<List<Object>> held =
        job.rows(
            "SELECT current_count, current_sum, current_min, current_max, current_mean,"
                + " current_last FROM warm.telemetry_agg WHERE device='pump-1'");
    assertThat(held).hasSize(minutes.size());
    for (List<Object> minute : held) {
      long start = Instant.parse((String) minute.get(0)).toEpochMilli();
      DoubleSummaryStatistics expected = minutes.get(start);
      assertThat(((Number) minute.get(1)).longValue()).isEqualTo(expected.getCount());
      assertThat((double) minute.get(2)).isCloseTo(expected.getSum(), within());
      assertThat((double) minute.get(3)).isEqualTo(expected.getMin());
      assertThat((double) minute.get(4)).isEqualTo(expected.getMax());
      assertThat((double) minute.get(5)).isCloseTo(expected.getAverage(), within());
      double last =
          rows.stream()
              .filter(row -> row.at() / MINUTE * MINUTE == start)
              .reduce((first, second) -> second)
              .orElseThrow()
              .current();
      assertThat((double) minute.get(6)).isEqualTo(last);
    }
    assertThat(alarms("pump-1")).isEmpty();
  }

  private static Offset<Double> within() {
    return Offset.offset(1e-9);
  }

  @Test
  void atALevelThatThePumpsCurrentHoldsForThirtySecondsExactlyThoseRunsAreOverloads()
      throws Exception {
    double rated = 1.8;
    List<Row> rows = rows(SKAB, ";", "datetime", "Current");
    List<String> expected = overloads(rows, rated);
    assertThat(expected).hasSizeGreaterThan(10);
    nameplate("pump-1", rated);
    replay(SKAB, ";", "datetime", "pump-1", "Current=current");
    awaitReadings(rows.size());
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(lines(alarms("pump-1"))).isEqualTo(expected));
  }

  @Test
  void aCompressorsStretchesAtSixAmperesAreOverloadsOfAFourAmpereMotor() throws Exception {
    List<Row> rows = rows(METRO, ",", "timestamp", "Motor_current");
    List<Long> stretches = new ArrayList<>();
    for (int i = 1; i < rows.size(); i++) {
      if (rows.get(i).current() > 4.8 && rows.get(i - 1).current() <= 4.8) {
        stretches.add(rows.get(i).at());
      }
    }
    assertThat(stretches).hasSize(5);
    nameplate("compressor", 4.0);
    replay(METRO, ",", "timestamp", "compressor", "Motor_current=current");
    awaitReadings(rows.size());
    await().atMost(PATIENCE).until(() -> alarms("compressor").size() == 10);
    List<AlarmPoint> raised =
        alarms("compressor").stream().filter(alarm -> alarm.state().equals("RAISED")).toList();
    assertThat(raised).extracting(AlarmPoint::pattern).containsOnly("overload");
    for (int i = 0; i < stretches.size(); i++) {
      // Four of the five begin with the start of the motor, which is no overload yet.
      long began = stretches.get(i);
      assertThat(raised.get(i).onsetAt()).isBetween(began, began + 20_000);
      assertThat(raised.get(i).at()).isBetween(began + PERSISTS, began + 60_000);
    }
  }
}
