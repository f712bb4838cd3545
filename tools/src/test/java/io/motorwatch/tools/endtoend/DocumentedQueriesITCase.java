package io.motorwatch.tools.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.motorwatch.local.LocalInfluxDb2;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Every query of the page for who queries InfluxDB, on what the job itself wrote. */
@ParameterizedClass(name = "on InfluxDB {0}")
@ValueSource(strings = {"1.x", "2.x"})
class DocumentedQueriesITCase {

  private static final Path PAGE = Path.of("../docs/influx.md");
  private static final Pattern QUERY = Pattern.compile("```sql\\n(.*?)```", Pattern.DOTALL);
  private static final String DEVICE = "site/plant/device/motor-17/";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Of half an hour, one each ten seconds; the last ten minutes are an overload. */
  private static final int READINGS = 180;

  @Parameter String generation;
  @TempDir Path folder;

  private RunningJob job;

  @BeforeEach
  void fill() throws Exception {
    String[] overrides = {
      "tiers.warm.quantiles=[0.5, 0.95]", "tiers.warm.stddev=true", "tiers.spread=1s"
    };
    if (generation.equals("2.x")) {
      assumeTrue(
          LocalInfluxDb2.program().isPresent(),
          LocalInfluxDb2.VARIABLE + " names no influxd 2.x: the queries are not tested on it");
      job = RunningJob.startWithInfluxDb2(folder, overrides);
    } else {
      job = RunningJob.start(folder, overrides);
    }
    job.publish(
        DEVICE + "attributes",
        "{\"ratedCurrent\":10,\"counters\":[\"energy\"]}".getBytes(StandardCharsets.UTF_8),
        true);
    job.publish(DEVICE + "telemetry", "no reading");
    long start = System.currentTimeMillis() - READINGS * 10_000L;
    for (int i = 0; i < READINGS; i++) {
      job.publish(
          DEVICE + "telemetry",
          "{\"timestamp\":%d,\"current\":%s,\"speed\":1478,\"energy\":%d}"
              .formatted(start + i * 10_000L, current(i), 7 * i));
    }
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                job.number("SELECT sum(current_count) FROM archive.telemetry_agg") == READINGS
                    && job.number("SELECT count(alarm_id) FROM events.alarm") > 0
                    && job.number("SELECT count(detail) FROM events.rejected") > 0);
  }

  @AfterEach
  void stop() throws Exception {
    if (job != null) {
      job.close();
    }
  }

  private static double current(int i) {
    return i < READINGS * 2 / 3 ? 8 + i % 10 / 10.0 : 13;
  }

  private static List<String> queries() throws Exception {
    List<String> queries = new ArrayList<>();
    for (Matcher matcher = QUERY.matcher(Files.readString(PAGE)); matcher.find(); ) {
      queries.add(matcher.group(1));
    }
    return queries;
  }

  private static String queryOf(String word) throws Exception {
    return queries().stream().filter(query -> query.contains(word)).findFirst().orElseThrow();
  }

  @Test
  void everyDocumentedQueryHasRowsAndTheFiguresAreThoseOfTheReadings() throws Exception {
    assertThat(queries()).hasSizeGreaterThanOrEqualTo(10);
    for (String query : queries()) {
      assertThat(job.rows(query)).as(query).isNotEmpty();
      assertThat(job.rows(query).get(0).subList(1, job.rows(query).get(0).size()))
          .as(query)
          .doesNotContainNull();
    }
    double energy = 0;
    for (List<Object> hour : job.rows(queryOf("energy_increase"))) {
      energy += (double) hour.get(1);
    }
    assertThat(energy).isEqualTo(7.0 * (READINGS - 1));
    assertThat(job.rows(queryOf("top(\"peak\"")).get(0).subList(1, 3))
        .containsExactly(13.0, "motor-17");
    double p95 = (double) job.rows(queryOf("current_p95")).get(0).get(1);
    assertThat(p95).isCloseTo(13, Offset.offset(0.13));
    assertThat((double) job.rows(queryOf("GROUP BY time(5m)")).get(0).get(1)).isBetween(8.0, 9.0);
    assertThat(job.rows(queryOf("last(\"state\")")).get(0).get(1)).isNotEqualTo("CLEARED");
  }
}
