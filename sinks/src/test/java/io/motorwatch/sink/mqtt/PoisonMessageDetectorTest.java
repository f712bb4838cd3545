package io.motorwatch.sink.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoisonMessageDetectorTest {

  private static final int MESSAGES = 5_000;

  /**
   * A broker that ends the connection at one message. Of those before it, it confirms all but some
   * whose confirmations are lost with the connection, which it gets and confirms again.
   */
  @ParameterizedTest
  @CsvSource({"0, 0", "1, 5000", "700, 5000", "700, 50", "4999, 5000", "4999, 0"})
  void findsTheOneMessageInFewConnections(int bad, int lostWithTheConnection) {
    PoisonMessageDetector poison = new PoisonMessageDetector();
    int first = 0;
    int connections = 0;
    boolean givenUp = false;
    while (!givenUp) {
      connections++;
      assertThat(connections).isLessThan(100);
      boolean under = true;
      while (under) {
        int end = (int) Math.min(MESSAGES, (long) first + poison.limit());
        under = bad >= end;
        int confirmed = under ? end : Math.max(first, bad - lostWithTheConnection);
        for (; first < confirmed; first++) {
          poison.answered();
        }
      }
      givenUp = poison.connectionEnded();
    }
    assertThat(first).isEqualTo(bad);
    assertThat(poison.limited()).isFalse();
  }
}
