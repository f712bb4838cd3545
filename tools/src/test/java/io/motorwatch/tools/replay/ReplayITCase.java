package io.motorwatch.tools.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.motorwatch.local.LocalMosquitto;
import io.motorwatch.model.DeviceId;
import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.tools.command.Motorwatch;
import io.motorwatch.tools.publish.TelemetryLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording, over a real broker. */
class ReplayITCase {

  private static final DeviceId PUMP = new DeviceId("lab", "pump-1");

  @TempDir Path folder;

  private RecordingFormat format(String text, Map<String, String> fields) throws Exception {
    Path file = folder.resolve("recording.csv");
    Files.writeString(file, text);
    return new RecordingFormat(file, ";", "datetime", ZoneOffset.UTC, fields);
  }

  @Test
  void everyNumericColumnIsAFieldAndRowsWithoutATimeAreTold() throws Exception {
    RecordingFormat format =
        format(
            """
            \uFEFFdatetime;Volume Flow RateRMS;Current;note;timestamp
            2020-02-08 13:30:47;122.664;2.16975;ok;5
            not a time;122.3;2.07999;;6
            2020-02-08T13:30:48.250+01:00;;2.5;"a; b";7

            2020-02-08 13:30:49;NaN;n/a;broken;x
            1581168650;1e2;.5;;8
            """,
            Map.of());
    try (LocalMosquitto broker = LocalMosquitto.start(folder.resolve("broker"));
        TelemetryLog log = new TelemetryLog(broker.uri());
        Replay replay =
            new Replay(
                format, PUMP, BrokerAddress.of(broker.uri()), Double.POSITIVE_INFINITY, null)) {
      Replay.Outcome outcome = replay.run(Duration.ofSeconds(10));
      assertThat(outcome.rows()).isEqualTo(3);
      assertThat(outcome.end()).isEqualTo(new Replay.Outcome.End.Complete());
      assertThat(outcome.rowsWithoutTime()).isEqualTo(1);
      assertThat(outcome.linesWithoutTime()).containsExactly(3L);
      assertThat(outcome.rowsWithoutField()).isEqualTo(1);
      assertThat(outcome.counts().unconfirmed()).isZero();
      await().until(() -> log.lines().size() == 3);
      assertThat(log.payloads("site/lab/device/pump-1/telemetry"))
          .containsExactly(
              "{\"timestamp\":1581168647000,\"Volume_Flow_RateRMS\":122.664,"
                  + "\"Current\":2.16975,\"timestamp_2\":5.0}",
              "{\"timestamp\":1581165048250,\"Current\":2.5,\"timestamp_2\":7.0}",
              "{\"timestamp\":1581168650000,\"Volume_Flow_RateRMS\":100.0,"
                  + "\"Current\":0.5,\"timestamp_2\":8.0}");
    }
  }

  @Test
  void onlyMappedColumnsAreSentAndTimesCanBeShiftedAtTheRecordingsPace() throws Exception {
    RecordingFormat format =
        format(
            "datetime;a;b\n2020-01-01 00:00:00;1;2\n2020-01-01 00:00:04;3;4\n",
            Map.of("b", "current"));
    try (LocalMosquitto broker = LocalMosquitto.start(folder.resolve("broker"));
        TelemetryLog log = new TelemetryLog(broker.uri());
        Replay replay =
            new Replay(format, PUMP, BrokerAddress.of(broker.uri()), 10, 1_700_000_000_000L)) {
      long begin = System.nanoTime();
      assertThat(replay.run(Duration.ofSeconds(10)).rows()).isEqualTo(2);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(400));
      await().until(() -> log.lines().size() == 2);
      assertThat(log.payloads("/telemetry"))
          .containsExactly(
              "{\"timestamp\":1700000000000,\"current\":2.0}",
              "{\"timestamp\":1700000004000,\"current\":4.0}");
    }
  }

  @Test
  void anUnknownColumnIsNamedWithThoseThereAre() throws Exception {
    RecordingFormat unknown = format("datetime;a;b\n", Map.of("c", "current"));
    assertThatThrownBy(() -> Recording.open(unknown))
        .hasMessage(
            unknown.file() + ":1: there is no column 'c'; the columns are 'datetime', 'a', 'b'");
    RecordingFormat commas = format("datetime,a,b\n", Map.of());
    assertThatThrownBy(() -> Recording.open(commas))
        .hasMessageEndingWith("the columns are 'datetime,a,b'; is --delimiter ';' right?");
  }

  @Test
  void aRecordingWithoutAnyReadableTimeEndsWithStatus1() throws Exception {
    Path file = format("datetime;a\nyesterday;1\ntoday;2\n", Map.of()).file();
    try (LocalMosquitto broker = LocalMosquitto.start(folder.resolve("broker"))) {
      assertThat(replay(broker, file)).isEqualTo(1);
      Files.writeString(file, "datetime;a\n2020-01-01 00:00:00;1\ntoday;2\n");
      assertThat(replay(broker, file)).isZero();
    }
  }

  private static int replay(LocalMosquitto broker, Path file) {
    return Motorwatch.execute(
        "replay",
        "--broker=" + broker.uri(),
        "--file=" + file,
        "--site=lab",
        "--device=pump-1",
        "--time=datetime",
        "--speedup=max");
  }

  @Test
  void whatComesBeforeABrokenQuoteArrives() throws Exception {
    StringBuilder text = new StringBuilder("datetime;a\n");
    for (int second = 0; second < 1_500; second++) {
      text.append(1_700_000_000 + second).append(";1\n");
    }
    Path file = format(text + "\"x\"y;2\n", Map.of()).file();
    try (LocalMosquitto broker = LocalMosquitto.start(folder.resolve("broker"));
        TelemetryLog log = new TelemetryLog(broker.uri());
        Replay replay =
            new Replay(
                new RecordingFormat(file, ";", "datetime", ZoneOffset.UTC, Map.of()),
                PUMP,
                BrokerAddress.of(broker.uri()),
                Double.POSITIVE_INFINITY,
                null)) {
      Replay.Outcome outcome = replay.run(Duration.ofSeconds(30));
      assertThat(outcome.end())
          .isInstanceOfSatisfying(
              Replay.Outcome.End.Unreadable.class,
              end -> assertThat(end.why()).hasMessageStartingWith(file + ":1502: is not CSV"));
      assertThat(outcome.counts().confirmed()).isEqualTo(1_500);
      assertThat(outcome.counts().unconfirmed()).isZero();
      await().until(() -> log.lines().size() == 1_500);
      assertThat(replay(broker, file)).isEqualTo(2);
    }
  }

  @Test
  void oneThatWasStoppedIsNotComplete() throws Exception {
    RecordingFormat format =
        format("datetime;a\n2020-01-01 00:00:00;1\n2021-01-01 00:00:00;3\n", Map.of());
    try (LocalMosquitto broker = LocalMosquitto.start(folder.resolve("broker"));
        TelemetryLog log = new TelemetryLog(broker.uri());
        Replay replay = new Replay(format, PUMP, BrokerAddress.of(broker.uri()), 1, null)) {
      CompletableFuture<Replay.Outcome> running = CompletableFuture.supplyAsync(() -> run(replay));
      await().until(() -> log.lines().size() == 1);
      replay.stop();
      Replay.Outcome outcome = running.get(20, TimeUnit.SECONDS);
      assertThat(outcome.end()).isEqualTo(new Replay.Outcome.End.Stopped());
      assertThat(outcome.rows()).isEqualTo(1);
      assertThat(outcome.allPublished()).isFalse();
    }
  }

  private static Replay.Outcome run(Replay replay) {
    try {
      return replay.run(Duration.ofSeconds(10));
    } catch (RecordingException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aBrokenQuoteIsToldWithItsLine() throws Exception {
    RecordingFormat format = format("datetime;a\n2020-01-01 00:00:00;1\n\"x\"y;2\n", Map.of());
    try (Recording recording = Recording.open(format)) {
      assertThat(recording.next()).isNotNull();
      assertThatThrownBy(recording::next).hasMessageStartingWith(format.file() + ":3: is not CSV");
    }
  }

  @Test
  void timesAreReadInEveryFormHistoriansExport() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    assertThat(RecordedTime.parse("2024-12-05 10:30:00", berlin))
        .isEqualTo(OptionalLong.of(1_733_391_000_000L));
    assertThat(RecordedTime.parse("2024-12-05 10:30:00.250", ZoneOffset.UTC))
        .isEqualTo(OptionalLong.of(1_733_394_600_250L));
    assertThat(RecordedTime.parse("2024-12-05T10:30:00Z", berlin))
        .isEqualTo(OptionalLong.of(1_733_394_600_000L));
    assertThat(RecordedTime.parse(" 1733394600 ", berlin))
        .isEqualTo(OptionalLong.of(1_733_394_600_000L));
    assertThat(RecordedTime.parse("1733394600.25", berlin))
        .isEqualTo(OptionalLong.of(1_733_394_600_250L));
    assertThat(RecordedTime.parse("1733394600250", berlin))
        .isEqualTo(OptionalLong.of(1_733_394_600_250L));
    assertThat(RecordedTime.parse("05.12.2024", berlin)).isEmpty();
    assertThat(RecordedTime.parse("", berlin)).isEmpty();
  }
}
