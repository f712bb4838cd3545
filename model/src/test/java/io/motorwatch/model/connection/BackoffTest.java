package io.motorwatch.model.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** The longest delays there can be: every random number is the highest. */
  private static final RandomGenerator HIGHEST =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          return Long.MAX_VALUE;
        }

        @Override
        public long nextLong(long bound) {
          return bound - 1;
        }
      };

  @Test
  void doublesTheDelayUpToTheLongest() {
    Backoff backoff = new Backoff(FIRST, LONGEST, HIGHEST);
    long[] delays = new long[7];
    Arrays.setAll(delays, i -> backoff.failed(null));
    assertThat(delays).containsExactly(1000, 2000, 4000, 8000, 16000, 30000, 30000);
    assertThat(backoff.failures()).isEqualTo(7);

    backoff.succeeded();
    assertThat(backoff.failing()).isFalse();
    assertThat(backoff.failed(null)).isEqualTo(1000);
  }

  @Test
  void shortensEachByUpToAHalfAtRandom() {
    Backoff backoff = new Backoff(FIRST, LONGEST, new Random(7));
    for (long full : new long[] {1000, 2000, 4000, 8000, 16000, 30000, 30000}) {
      assertThat(backoff.failed(null)).isBetween(full / 2, full);
    }
  }

  @Test
  void waitsAsLongAsTheServerAsksUpToAnHour() {
    Backoff backoff = new Backoff(FIRST, LONGEST, HIGHEST);
    assertThat(backoff.failed(Duration.ofSeconds(45))).isEqualTo(45_000);
    assertThat(backoff.failed(Duration.ofDays(400))).isEqualTo(3_600_000);
    assertThat(backoff.failed(Duration.ofMillis(1))).isEqualTo(4000);
  }
}
