package io.motorwatch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The real processes, killed once. */
class RecoveryBenchmarkITCase {

  @Test
  void theFirstAlarmAfterAKillIsTimedAndNothingIsLost() {
    Measurement measured =
        Measurement.of(
            "recovery",
            "--devices",
            "100",
            "--backends",
            "ROCKSDB",
            "--kills",
            "1",
            "--fill-rate",
            "100");
    assertThat(measured.variants()).containsExactly("rocksdb");
    assertThat(measured.number("rocksdb", "firstAlarmMs")).isPositive();
    assertThat(measured.number("rocksdb", "readyMs")).isPositive();
    assertThat(measured.number("rocksdb", "checkpointBytes")).isGreaterThan(10_000);
  }
}
