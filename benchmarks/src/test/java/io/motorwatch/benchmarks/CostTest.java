package io.motorwatch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CostTest {

  @Test
  void processorTimeIsToldOfAMillionMessages() {
    assertThat(new Cost(4, 2).cpuSecondsPerMillion(500_000)).isEqualTo(4);
    assertThat(new Cost(4, 2).perSecond(500_000)).isEqualTo(125_000);
  }

  @Test
  void whatTheProcessorClockDoesNotSeeIsNoNumber() {
    assertThat(new Cost(0.001, 0).cpuSecondsPerMillion(1_000)).isNaN();
  }

  @Test
  void theRoundOfLessProcessorTimeCounts() {
    Cost less = new Cost(5, 1);
    assertThat(new Cost(4, 2).lower(less)).isEqualTo(less);
    assertThat(less.lower(new Cost(4, 2))).isEqualTo(less);
  }
}
