package io.motorwatch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names, options and exit status of {@code ./motorwatch bench}, and its shorter benchmarks. */
class BenchTest {

  private static int exitStatusOf(String... arguments) {
    return Bench.run(
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), arguments);
  }

  @Test
  void anUnknownNameIsWrongUsage() {
    assertThat(exitStatusOf("no-such-benchmark")).isEqualTo(2);
  }

  @Test
  void anUnknownOptionIsWrongUsage() {
    assertThat(exitStatusOf("cep-vs-esper", "--no-such-option")).isEqualTo(2);
  }

  @Test
  void helpIsNoFailure() {
    assertThat(exitStatusOf("--help")).isZero();
    assertThat(exitStatusOf("cep-vs-esper", "--help")).isZero();
  }

  @ParameterizedTest
  @CsvSource({"cep-vs-naive,flink-cep-raw", "cep-vs-esper,esper", "cep-vs-siddhi,siddhi"})
  void aRivalRaisesTheSameAlarms(String name, String rival) {
    Measurement measured =
        Measurement.of(name, "--devices", "300", "--seconds", "600", "--rounds", "1");
    assertThat(measured.variants()).containsExactly("job-alone", "motorwatch", rival);
    assertThat(measured.number("motorwatch", "alarms")).isGreaterThan(100);
    assertThat(measured.number(rival, "ratioToOurs")).isPositive();
  }

  @Test
  void moreDevicesAreMeasuredOnBothBackends() {
    // Enough for the processor clock, which counts in steps of 10 ms.
    Measurement measured =
        Measurement.of(
            "scale",
            "--heap",
            "50,100",
            "--rocksdb",
            "50",
            "--messages",
            "80000",
            "--all-in",
            "300");
    assertThat(measured.variants()).containsExactly("hashmap", "hashmap", "rocksdb", "all-in");
    // An hour of minutes of six fields has more than a kilobyte of information.
    assertThat(measured.number("all-in", "serializedBytesPerDevice")).isBetween(1_000.0, 4_000.0);
    assertThat(measured.number("all-in", "rocksDbBytesPerDevice")).isBetween(1_000.0, 4_000.0);
    assertThat(measured.number("rocksdb", "cpuSecondsPerMillion")).isPositive();
    assertThat(measured.number("rocksdb", "checkpointBytesPerDevice")).isGreaterThan(100);
    assertThat(measured.number("hashmap", "restoreMs")).isPositive();
  }

  @Test
  void aJournalIsMeasuredBesideNone() {
    Measurement measured =
        Measurement.of("journal", "--rate", "5000", "--seconds", "1", "--rounds", "1");
    assertThat(measured.variants()).containsExactly("without", "with", "replay");
    assertThat(measured.number("with", "cpuMicrosPerMessage")).isPositive();
    assertThat(measured.number("replay", "messages")).isEqualTo(5_000);
  }

  @Test
  void theTimeToAnAlertIsMeasuredInTheJobAlone() {
    Measurement measured =
        Measurement.of(
            "alert-latency",
            "--devices",
            "40",
            "--rate",
            "400",
            "--warm-up",
            "3",
            "--seconds",
            "3");
    assertThat(measured.variants()).containsExactly("job-alone");
    // Two alerts a second.
    assertThat(measured.number("job-alone", "alerts")).isBetween(3.0, 9.0);
    assertThat(measured.number("job-alone", "p50Ms")).isPositive();
    assertThat(measured.number("job-alone", "maxMs"))
        .isGreaterThanOrEqualTo(measured.number("job-alone", "p99Ms"));
  }

  @Test
  void eachStageIsMeasuredInEachSetting() {
    Measurement measured =
        Measurement.of(
            "stages",
            "--devices",
            "20",
            "--parallelism",
            "2",
            "--messages",
            "20000",
            "--rounds",
            "1",
            "--stages",
            "TWO_PATTERNS,EVERYTHING");
    assertThat(measured.variants().subList(0, 6))
        .containsExactly("generate", "parse", "shuffle", "timeline", "two-patterns", "everything")
        .isEqualTo(measured.variants().subList(6, 12));
    assertThat(measured.number("everything", "cpuSecondsPerMillion")).isPositive();
    assertThat(measured.number("everything", "shareOfParse")).isPositive();
    // Of messages so few it is noise; StageCostsTest holds how it is reckoned.
    assertThat(measured.variantsWith("ratioToParse")).doesNotContain("generate");
    assertThat(measured.variantsWith("ratioToHeap"))
        .as("of RocksDB only")
        .isEqualTo(measured.variants().subList(6, 12));
    // A line of six fields with its tags.
    assertThat(measured.number("everything", "lineBytesPerMessage")).isBetween(110.0, 1_000.0);
  }

  @Test
  void theTiersAreMeasuredWithWhatEachKeeps() {
    Measurement measured =
        Measurement.of(
            "tiers",
            "--devices",
            "40",
            "--rocksdb-devices",
            "40",
            "--state-devices",
            "20",
            "--rounds",
            "1");
    assertThat(measured.variants())
        .containsExactly(
            "heap",
            "rocksdb",
            "state-warm",
            "state-cold",
            "state-archive",
            "state-all",
            "state-all");
    // An hour of closed minutes, an hour of closed quarters, a day or two.
    assertThat(measured.number("state-warm", "bytesPerDevice"))
        .isGreaterThan(3 * measured.number("state-cold", "bytesPerDevice"));
    assertThat(measured.number("state-archive", "bytesPerDevice")).isPositive();
  }

  @Test
  void theHotPathsAreMeasuredOneByOne() {
    Measurement measured =
        Measurement.of("hot-paths", "--forks", "0", "--iterations", "1", "--milliseconds", "50");
    assertThat(measured.variants())
        .containsExactlyInAnyOrder(
            "decode",
            "lineprotocol",
            "patterns",
            "residual-inputs-2",
            "residual-inputs-5",
            "tiers",
            "timeline");
    assertThat(measured.number("patterns", "nanosPerReading")).isPositive();
    assertThat(measured.number("decode", "bytesPerReading")).isPositive();
  }

  @Test
  void theTimelinesStateIsMeasuredWithAndWithoutSequenceNumbers() {
    Measurement measured = Measurement.of("state-size", "--devices", "50");
    assertThat(measured.variants()).containsExactly("with-seq", "without-seq");
    assertThat(measured.number("with-seq", "serializedBytesPerDevice")).isGreaterThan(50);
  }
}
