package io.motorwatch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

  @Test
  void aQuantileIsTheSmallestThatItsShareDoesNotExceed() {
    Latencies thousand =
        Latencies.ofNanos(LongStream.rangeClosed(1, 1000).map(i -> 1_001 - i).toArray());
    assertThat(thousand.quantileMs(0.5)).isEqualTo(500e-6);
    assertThat(thousand.quantileMs(0.999)).isEqualTo(999e-6);
    assertThat(thousand.quantileMs(1)).isEqualTo(1000e-6);
  }

  @Test
  void ofNothingThereIsNone() {
    assertThat(Latencies.ofNanos(new long[0]).quantileMs(0.5)).isNaN();
  }
}
