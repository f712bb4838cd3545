package io.motorwatch.sink.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.motorwatch.sink.BackPressureLevel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeliverySchedulerTest {

  private static final Destination HOT = new Destination("hot", TimePrecision.MILLISECONDS);
  private static final Destination WARM = new Destination("warm", TimePrecision.MILLISECONDS);

  private final FakeDatabase database = new FakeDatabase();
  private final InfluxSinkMetrics metrics =
      new InfluxSinkMetrics(UnregisteredMetricsGroup.createSinkWriterMetricGroup(), Set.of("hot"));

  private DeliveryScheduler delivery(int batchSize, int maxUnacknowledged) {
    return new DeliveryScheduler(
        new InfluxSinkOptions(
            batchSize, 4 << 20, Duration.ofMillis(100), 4, maxUnacknowledged, 128L << 20),
        database,
        metrics,
        "http://test");
  }

  private static void add(DeliveryScheduler delivery, Destination destination, String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    delivery.add(destination, bytes, bytes.length);
  }

  private static List<String> points(int from, int to) {
    List<String> points = new ArrayList<>();
    for (int i = from; i < to; i++) {
      points.add("m,site=plant,device=d" + i + " v=" + i + "i " + i);
    }
    return points;
  }

  @Test
  void shouldSendFullBatchesAndTheRestWhenFlushed() throws IOException {
    DeliveryScheduler delivery = delivery(10, 1_000);
    points(0, 25).forEach(line -> add(delivery, HOT, line));
    database.answerAll(delivery);
    assertThat(database.stored).isEqualTo(points(0, 20));
    delivery.flushIdle();
    database.answerAll(delivery);
    assertThat(database.stored).isEqualTo(points(0, 25));
    assertThat(delivery.unacknowledged()).isZero();
    assertThat(metrics.pointsWritten("hot").getCount()).isEqualTo(25);
  }

  @Test
  void shouldHaveOneRequestPerRouteUnderWaySoThatNoneOvertakes() {
    DeliveryScheduler delivery = delivery(1, 1_000);
    points(0, 5).forEach(line -> add(delivery, HOT, line));
    assertThat(database.mostAtOnce).isEqualTo(1);
    points(0, 5).forEach(line -> add(delivery, WARM, line));
    assertThat(database.mostAtOnce).isEqualTo(2);
  }

  @Test
  void shouldKeepTheOrderOfARouteThroughRetries() throws IOException {
    DeliveryScheduler delivery = delivery(2, 1_000);
    points(0, 6).forEach(line -> add(delivery, HOT, line));
    database.script = lines -> WriteResponse.of(503, "busy");
    database.answerAll(delivery);
    assertThat(delivery.inFlight()).isZero();
    assertThat(delivery.unacknowledged()).isEqualTo(6);
    database.script = lines -> WriteResponse.of(204, "");
    database.passes(database.wakeUpAfter);
    delivery.pump();
    database.answerAll(delivery);
    assertThat(database.stored).isEqualTo(points(0, 6));
    assertThat(metrics.retries.getCount()).isEqualTo(1);
  }

  @Test
  void shouldWaitAsLongAsRetryAfterSays() throws IOException {
    DeliveryScheduler delivery = delivery(1, 1_000);
    database.script =
        lines ->
            new WriteResponse(
                429, "slow down", Duration.ofSeconds(30), WriteResponse.Source.INFLUXDB);
    add(delivery, HOT, "m v=1i 1");
    database.answerAll(delivery);
    assertThat(database.wakeUpAfter).isEqualTo(30_000);
    database.passes(29_999);
    delivery.pump();
    assertThat(delivery.inFlight()).isZero();
    database.passes(1);
    delivery.pump();
    assertThat(delivery.inFlight()).isEqualTo(1);
  }

  @Test
  void shouldWaitAnHourAtMostHoweverLongRetryAfterSays() throws IOException {
    for (String seconds : new String[] {"3601", "9999999999999999", "9223372036854775807"}) {
      DeliveryScheduler delivery = delivery(1, 1_000);
      Duration asked = ResponseCapture.parseRetryAfter(seconds, Instant.EPOCH);
      database.script =
          lines -> new WriteResponse(503, "away", asked, WriteResponse.Source.INFLUXDB);
      add(delivery, HOT, "m v=1i 1");
      database.answerAll(delivery);
      assertThat(database.wakeUpAfter).as(seconds).isEqualTo(3_600_000);
    }
  }

  @Test
  void shouldTryAgainInTimeThoughTheWallClockIsSetBackMeanwhile() throws IOException {
    DeliveryScheduler delivery = delivery(1, 1_000);
    database.script = lines -> WriteResponse.of(503, "busy");
    points(0, 1).forEach(line -> add(delivery, HOT, line));
    database.answerAll(delivery);
    database.script = lines -> WriteResponse.of(204, "");
    database.wallClock -= Duration.ofDays(1).toMillis();
    database.passes(database.wakeUpAfter);
    delivery.pump();
    database.answerAll(delivery);
    assertThat(database.stored).isEqualTo(points(0, 1));
  }

  @Test
  void shouldIsolateRefusedPointsAndWriteTheOthers() throws IOException {
    DeliveryScheduler delivery = delivery(100, 1_000);
    List<String> good = new ArrayList<>(points(0, 98));
    List<String> all = new ArrayList<>(good);
    all.add(17, "m,site=plant,device=bad1 v=x 1");
    all.add(60, "m,site=plant,device=bad2 v=x 1");
    database.script =
        lines ->
            lines.text().contains("m,site=plant,device=bad") && !lines.text().startsWith("rejected")
                ? WriteResponse.of(400, "unable to parse")
                : WriteResponse.of(204, "");
    all.forEach(line -> add(delivery, HOT, line));
    database.answerAll(delivery);
    List<String> dead =
        database.stored.stream().filter(line -> line.startsWith("rejected")).toList();
    assertThat(database.stored).containsAll(good).hasSize(100);
    assertThat(dead)
        .hasSize(2)
        .allMatch(line -> line.startsWith("rejected,site=plant,reason=refused-by-database "))
        .anyMatch(line -> line.contains("device=\"bad1\""))
        .allMatch(line -> line.contains("detail=\"HTTP 400: unable to parse\""))
        .anyMatch(line -> line.contains("payload=\"m,site=plant,device=bad2 v=x 1\""));
    assertThat(metrics.deadLetters.getCount()).isEqualTo(2);
    assertThat(delivery.unacknowledged()).isZero();
  }

  @Test
  void shouldGiveUpADeadLetterThatIsRefusedItself() throws IOException {
    DeliveryScheduler delivery = delivery(1, 1_000);
    database.script = lines -> WriteResponse.of(400, "nothing is good enough");
    add(delivery, HOT, "m v=1i 1");
    database.answerAll(delivery);
    assertThat(delivery.unacknowledged()).isZero();
    assertThat(database.stored).isEmpty();
  }

  @Test
  void shouldLoseNoPointToSomethingElseThatRefusesEverything() throws IOException {
    DeliveryScheduler delivery = delivery(100, 1_000);
    for (int status : new int[] {400, 422}) {
      database.script =
          lines -> new WriteResponse(status, "Bad Request", null, WriteResponse.Source.OTHER);
      points(0, 100).forEach(line -> add(delivery, HOT, line));
      database.answerAll(delivery);
      assertThat(delivery.unacknowledged()).isEqualTo(100);
      database.script = lines -> WriteResponse.of(204, "");
      database.passes(database.wakeUpAfter);
      delivery.pump();
      database.answerAll(delivery);
    }
    List<String> twice = new ArrayList<>(points(0, 100));
    twice.addAll(points(0, 100));
    assertThat(database.stored).isEqualTo(twice);
    assertThat(metrics.splits.getCount()).isZero();
    assertThat(metrics.deadLetters.getCount()).isZero();
  }

  @Test
  void shouldSplitWhatIsTooLarge() throws IOException {
    DeliveryScheduler delivery = delivery(64, 1_000);
    database.script = lines -> WriteResponse.of(lines.count() > 10 ? 413 : 204, "too large");
    points(0, 64).forEach(line -> add(delivery, HOT, line));
    database.answerAll(delivery);
    assertThat(database.stored).isEqualTo(points(0, 64));
  }

  @Test
  void shouldTakePointsBeyondRetentionForDone() throws IOException {
    DeliveryScheduler delivery = delivery(5, 1_000);
    database.script =
        lines -> WriteResponse.of(400, "partial write: points beyond retention policy dropped=2");
    points(0, 5).forEach(line -> add(delivery, HOT, line));
    database.answerAll(delivery);
    assertThat(delivery.unacknowledged()).isZero();
    assertThat(metrics.pointsWritten("hot").getCount()).isEqualTo(3);
  }

  @Test
  void shouldFailWithAdviceWhenNoRepetitionCanHelp() {
    DeliveryScheduler delivery = delivery(1, 1_000);
    database.script = lines -> WriteResponse.of(401, "unauthorized access");
    add(delivery, HOT, "m v=1i 1");
    assertThatThrownBy(() -> database.answerAll(delivery))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("http://test")
        .hasMessageContaining("401")
        .hasMessageContaining("influx.token");
  }

  @Test
  void shouldHoldEverythingUnacknowledgedInItsState() throws IOException {
    DeliveryScheduler delivery = delivery(10, 1_000);
    points(0, 35).forEach(line -> add(delivery, HOT, line));
    StringBuilder state = new StringBuilder();
    LinesSerializer serializer = new LinesSerializer();
    DeliveryScheduler successor = delivery(10, 1_000);
    for (LineBatch lines : delivery.state()) {
      LineBatch copy = serializer.deserialize(serializer.getVersion(), serializer.serialize(lines));
      state.append(copy.text());
      successor.restore(copy);
    }
    assertThat(state.toString().lines().toList()).isEqualTo(points(0, 35));
    assertThat(successor.unacknowledged()).isEqualTo(35);
  }

  @Test
  void shouldTakeMoreWhileTheDatabaseIsAwayButNotWithoutEnd() throws IOException {
    DeliveryScheduler delivery = delivery(1, 20);
    database.script = lines -> WriteResponse.noAnswer(new IOException("refused"));
    add(delivery, HOT, "m v=1i 1");
    database.answerAll(delivery);
    points(1, 19).forEach(line -> add(delivery, HOT, line));
    assertThat(delivery.capacity()).isEqualTo(BackPressureLevel.FREE);
    add(delivery, HOT, "m v=1i 1");
    assertThat(delivery.capacity()).isEqualTo(BackPressureLevel.SCARCE);
    points(20, 40).forEach(line -> add(delivery, HOT, line));
    assertThat(delivery.capacity()).isEqualTo(BackPressureLevel.NONE);
  }

  static List<V2Answer> answersOfARealServer() {
    return V2Answer.writes();
  }

  @ParameterizedTest
  @MethodSource("answersOfARealServer")
  void shouldStoreKeepRepeatOrReportThePointWhateverARealServerAnswers(V2Answer answer)
      throws IOException {
    WriteResponse response =
        WriteResponse.of(answer.status(), ErrorBody.parse(answer.body()).message());
    database.script =
        lines -> lines.destination().equals(HOT) ? response : WriteResponse.of(204, "");
    DeliveryScheduler delivery = delivery(1, 1_000);
    add(delivery, HOT, "m,site=plant v=1 1");
    WriteOutcome outcome = ResponseClassifier.classify(response);
    if (outcome == WriteOutcome.FATAL) {
      assertThatThrownBy(() -> database.answerAll(delivery))
          .hasMessageContaining("http://test")
          .hasMessageContaining(response.message());
      return;
    }
    database.answerAll(delivery);
    assertThat(delivery.unacknowledged()).isEqualTo(outcome == WriteOutcome.RETRY ? 1 : 0);
    assertThat(database.wakeUpAfter > 0).isEqualTo(outcome == WriteOutcome.RETRY);
    // Stored are the point itself, or the dead letter that stands for it.
    assertThat(metrics.pointsWritten("hot").getCount())
        .isEqualTo(outcome == WriteOutcome.SUCCESS ? 1 : 0);
    assertThat(metrics.pointsWritten("events").getCount())
        .isEqualTo(outcome == WriteOutcome.REFUSED ? 1 : 0);
    assertThat(metrics.deadLetters.getCount()).isEqualTo(outcome == WriteOutcome.REFUSED ? 1 : 0);
    if (outcome == WriteOutcome.REFUSED) {
      assertThat(database.stored)
          .singleElement()
          .asString()
          .startsWith("rejected,site=plant,reason=refused-by-database");
    }
  }
}
