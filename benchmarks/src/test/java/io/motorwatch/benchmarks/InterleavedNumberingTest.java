package io.motorwatch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class InterleavedNumberingTest {

  @Test
  void twoSubtasksTakeTurnsAndLeaveNothingOut() {
    InterleavedNumbering order = InterleavedNumbering.of(7, 2);
    assertThat(order.all()).isEqualTo(6);
    assertThat(LongStream.range(0, 3).map(order::place)).containsExactly(0L, 2L, 4L);
    assertThat(LongStream.range(3, 6).map(order::place)).containsExactly(1L, 3L, 5L);
  }
}
