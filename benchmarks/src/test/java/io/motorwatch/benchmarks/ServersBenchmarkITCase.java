package io.motorwatch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Source and sink beside their real servers. */
class ServersBenchmarkITCase {

  @Test
  void theSourceIsComparedWithABareSubscriber() {
    Measurement measured = Measurement.of("mqtt-source", "--warm-up", "3", "--seconds", "2");
    assertThat(measured.variants()).containsExactly("broker-only", "source", "source-journal");
    assertThat(measured.number("source", "msgPerSecond")).isPositive();
    assertThat(measured.number("source-journal", "msgPerSecond")).isPositive();
  }

  @Test
  void theSinkIsComparedWithABareLoop() {
    Measurement measured =
        Measurement.of("influx-sink", "--warm-up", "3", "--seconds", "2", "--rounds", "1");
    assertThat(measured.variants()).containsExactly("bare-loop", "sink", "latency");
    assertThat(measured.number("sink", "pointsPerSecond")).isPositive();
    assertThat(measured.number("latency", "p99Ms")).isPositive();
  }

  @Test
  void backtestIsComparedWithParsingAndWithBareQueries() {
    Measurement measured =
        Measurement.of("backtest", "--devices", "2", "--readings", "20000", "--rounds", "1");
    assertThat(measured.variants()).containsExactly("parse", "csv", "query", "influx");
    assertThat(measured.number("csv", "ratioToParse")).isPositive();
    assertThat(measured.number("influx", "ratioToQuery")).isPositive();
  }
}
