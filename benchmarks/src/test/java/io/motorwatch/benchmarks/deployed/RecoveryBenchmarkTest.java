package io.motorwatch.benchmarks.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecoveryBenchmarkTest {

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
    assertThat(RecoveryBenchmark.median(9, 1, 4, 2)).isEqualTo(3);
    assertThat(RecoveryBenchmark.median(9, 1, 4)).isEqualTo(4);
  }
}
