package io.motorwatch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The real processes, at a rate that any machine holds. */
class EndToEndBenchmarkITCase {

  @Test
  void theHighestRateIsFoundAndItsAlertsAreTimed() {
    Measurement measured =
        Measurement.of(
            "end-to-end",
            "--hold",
            "4",
            "--devices",
            "20",
            "--lowest",
            "100",
            "--highest",
            "200",
            "--precision",
            "0.9",
            "--fixed-rate",
            "150",
            "--settled",
            "60000",
            "--late",
            "60000");
    assertThat(measured.variants())
        .containsExactly(
            "trial",
            "trial",
            "highest-rate",
            "at-25-percent",
            "at-50-percent",
            "at-90-percent",
            "at-fixed-rate");
    assertThat(measured.number("highest-rate", "msgPerSecond")).isEqualTo(200);
    assertThat(measured.number("highest-rate", "alerts")).isPositive();
    assertThat(measured.number("at-50-percent", "p50Ms")).isPositive();
    assertThat(measured.number("at-fixed-rate", "msgPerSecond")).isEqualTo(150);
    assertThat(measured.number("at-fixed-rate", "p50Ms")).isPositive();
    assertThat(measured.number("trial", "jobCpuSecondsPerMillion")).isPositive();
  }
}
