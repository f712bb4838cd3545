package io.motorwatch.sink.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.motorwatch.local.FreePort;
import io.motorwatch.local.LocalInfluxDb;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encoder, endpoint, provisioning and classification against InfluxDB 1.x itself. */
class RealInfluxDbITCase {

  @TempDir static Path folder;
  private static LocalInfluxDb server;

  @BeforeAll
  static void start() throws Exception {
    server = LocalInfluxDb.start(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static InfluxConnection connection(String database) {
    return InfluxConnection.of(server.url(), database);
  }

  private static WriteResponse write(String database, String tier, String... lines)
      throws Exception {
    try (InfluxEndpoint endpoint = DetectingEndpoint.open(connection(database), true)) {
      return endpoint.write(Encoded.lines(tier, lines));
    }
  }

  private static WriteOutcome outcome(String database, String tier, String... lines)
      throws Exception {
    return ResponseClassifier.classify(write(database, tier, lines));
  }

  @Test
  void shouldDetectTheGeneration() throws Exception {
    ServerInfo server = InfluxProbe.connectOnce(connection("any"));
    assertThat(server.api()).isEqualTo(InfluxApi.V1);
    assertThat(server.version()).startsWith("1.");
  }

  @Test
  void shouldSayInOneLineWhatToCheckWhenNobodyListens() {
    String url = "http://127.0.0.1:" + FreePort.find();
    assertThatThrownBy(() -> InfluxProbe.connectOnce(InfluxConnection.of(url, "any")))
        .isInstanceOf(InfluxUnreachableException.class)
        .hasMessage(
            "cannot reach InfluxDB at "
                + url
                + ", connection refused: check influx.url and that InfluxDB runs");
  }

  @Test
  void shouldProvisionOnceAndWarnOfWhatDiffers() throws Exception {
    List<Retention> wanted =
        List.of(
            Retention.of("hot", Duration.ofHours(24)),
            Retention.of("warm", Duration.ofDays(30)),
            Retention.unlimited("archive"));
    assertThat(InfluxProvisioner.provision(connection("plant \"1\""), wanted)).isEmpty();
    assertThat(InfluxProvisioner.provision(connection("plant \"1\""), wanted)).isEmpty();
    try (InfluxQueries queries = new InfluxQueries(server.url(), "plant \"1\"")) {
      assertThat(queries.rows("SHOW RETENTION POLICIES"))
          .extracting(row -> List.of(row.get("name"), row.get("duration"), row.get("default")))
          .containsExactlyInAnyOrder(
              List.of("hot", "24h0m0s", true),
              List.of("warm", "720h0m0s", false),
              List.of("archive", "0s", false));
    }
    List<Retention> changed =
        List.of(Retention.of("hot", Duration.ofDays(2)), Retention.unlimited("cold"));
    assertThat(InfluxProvisioner.provision(connection("plant \"1\""), changed))
        .containsExactly(
            "retention policy hot of plant \"1\" keeps 24h, configured is 48h; left as it is");
    assertThat(InfluxProvisioner.provision(connection("plant \"1\""), wanted)).isEmpty();
  }

  @Test
  void shouldClassifyTheRealAnswers() throws Exception {
    InfluxProvisioner.provision(
        connection("answers"), List.of(Retention.of("hot", Duration.ofHours(24))));
    long now = System.currentTimeMillis();
    assertThat(outcome("answers", "hot", "m v=1.0 " + now)).isEqualTo(WriteOutcome.SUCCESS);
    assertThat(outcome("answers", "hot", "m v=\"text\" " + now)).isEqualTo(WriteOutcome.REFUSED);
    assertThat(outcome("answers", "hot", "m v= " + now)).isEqualTo(WriteOutcome.REFUSED);
    assertThat(outcome("answers", "hot", "m v=1.0 1000")).isEqualTo(WriteOutcome.BEYOND_RETENTION);
    assertThat(outcome("answers", "lukewarm", "m v=1.0 " + now)).isEqualTo(WriteOutcome.FATAL);
    assertThat(outcome("nowhere", "hot", "m v=1.0 " + now)).isEqualTo(WriteOutcome.FATAL);
  }

  @Test
  void shouldReportAConflictAndNotTheRetentionWhereABatchHasBoth() throws Exception {
    InfluxProvisioner.provision(
        connection("both"), List.of(Retention.of("hot", Duration.ofHours(24))));
    long now = System.currentTimeMillis();
    assertThat(outcome("both", "hot", "m v=1.0 " + now)).isEqualTo(WriteOutcome.SUCCESS);
    assertThat(outcome("both", "hot", "m v=1.0 1000", "m v=\"text\" " + now, "m v=2.0 " + now))
        .isEqualTo(WriteOutcome.REFUSED);
  }

  @Test
  void shouldBringEveryNameTextAndNumberThroughUnchanged() throws Exception {
    InfluxProvisioner.provision(connection("round"), List.of(Retention.unlimited("hot")));
    Random random = new Random(20241205);
    Map<Long, Map<String, Object>> expected = new HashMap<>();
    Map<Object, Object> fields =
        new HashMap<>(
            Map.of("text ,=", "string", "real", "float", "whole", "float", "count", "integer"));
    LineBatchBuilder batch =
        new LineBatchBuilder(new Destination("hot", TimePrecision.MILLISECONDS));
    LineEncoder encoder =
        new LineEncoder(
            new LineEncoder.Target() {
              @Override
              public void line(Destination destination, byte[] buffer, int length) {
                batch.add(buffer, length);
              }

              @Override
              public void beyondRetention() {}
            });
    for (long time = 1; time <= 300; time++) {
      String tag = text(random, 1 + random.nextInt(8)) + ".";
      String text = text(random, random.nextInt(30));
      String tagName = "t" + text(random, random.nextInt(6));
      String fieldName = "f" + text(random, random.nextInt(6));
      String inTwo = "g" + text(random, random.nextInt(4));
      String suffix = text(random, random.nextInt(4));
      double real = Double.longBitsToDouble(random.nextLong());
      double value = Double.isFinite(real) ? real : 0.5;
      encoder
          .begin("hot", "m ,=\\x")
          .tag("t ,=", tag)
          .tag(tagName, "v")
          .field("text ,=", text)
          .field("real", value)
          .field("whole", (double) random.nextInt(1000))
          .field("count", time)
          .field(fieldName, 1.5)
          .field(inTwo, suffix, 2.5)
          .time(time);
      String first = writtenField(fieldName);
      String second = writtenField(inTwo + suffix);
      fields.put(first, "float");
      fields.put(second, "float");
      expected.put(
          time,
          Map.of(
              "t ,=",
              tag,
              tagName.endsWith("\\") ? tagName + "_" : tagName,
              "v",
              "text ,=",
              text,
              "real",
              value,
              first,
              1.5,
              second,
              2.5));
    }
    encoder.endValue();
    try (InfluxEndpoint endpoint = DetectingEndpoint.open(connection("round"))) {
      assertThat(endpoint.write(batch.take())).isEqualTo(WriteResponse.of(204, ""));
    }
    try (InfluxQueries queries = new InfluxQueries(server.url(), "round")) {
      List<Map<String, Object>> rows = queries.rows("SELECT * FROM \"m ,=\\\\x\"");
      assertThat(rows).hasSize(300);
      for (Map<String, Object> row : rows) {
        long time = Instant.parse((String) row.get("time")).toEpochMilli();
        assertThat(row).containsAllEntriesOf(expected.get(time));
      }
      assertThat(queries.rows("SHOW FIELD KEYS"))
          .extracting(row -> Map.entry(row.get("fieldKey"), row.get("fieldType")))
          .containsExactlyInAnyOrderElementsOf(fields.entrySet());
    }
  }

  /** Line protocol cannot say an odd number of backslashes before these, nor any at the end. */
  private static String writtenField(String name) {
    return name.replaceAll("(?<!\\\\)(\\\\(?:\\\\\\\\)*)(?=[, =])", "$1_")
        .replaceAll("\\\\$", "\\\\_");
  }

  /** Characters that line protocol treats in a special way, and some from every part of Unicode. */
  private static String text(Random random, int length) {
    String[] characters = {",", " ", "=", "\"", "\\", "#", "a", "Z", "µ", "€", "😀", "'", "\t"};
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(characters[random.nextInt(characters.length)]);
    }
    return text.toString();
  }
}
