package io.motorwatch.source.mqtt.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.ConnectProblem;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReconnectTest {

  @Test
  void takesThreeTakeoversWithinAMinuteForARival() {
    ClientIdConflictDetector guard = new ClientIdConflictDetector();
    long second = Duration.ofSeconds(1).toNanos();
    assertThat(guard.told(0)).isFalse();
    assertThat(guard.told(30 * second)).isFalse();
    assertThat(guard.told(61 * second)).isFalse();
    assertThat(guard.told(62 * second)).isTrue();
  }

  @Test
  void takesSixBriefConnectionsInARowForARival() {
    ClientIdConflictDetector guard = new ClientIdConflictDetector();
    Duration brief = Duration.ofSeconds(2);
    for (int round = 0; round < 3; round++) {
      for (int i = 1; i < ClientIdConflictDetector.SUSPECTED; i++) {
        assertThat(guard.suspected(brief)).isFalse();
      }
      if (round == 0) {
        guard.cleared();
      } else if (round == 1) {
        assertThat(guard.suspected(Duration.ofSeconds(11))).isFalse();
      }
    }
    assertThat(guard.suspected(brief)).isTrue();
  }

  @Test
  void givesUpOnABrokerThatConnectsAndNeverAnswersASubscription() {
    AtomicLong clock = new AtomicLong();
    ReconnectStrategy decision =
        new ReconnectStrategy(
            "c", Fixture.options(BrokerAddress.of("tcp://127.0.0.1:1"), 10), clock::get);
    ConnectProblem silent = new ConnectProblem(ConnectProblem.Kind.TIMEOUT, "silent");
    decision.connected();
    decision.subscribed();
    clock.addAndGet(Duration.ofHours(1).toNanos());
    decision.disconnected();
    assertThat(decision.after(silent, true)).isInstanceOf(ReconnectStrategy.Retry.class);

    clock.addAndGet(Duration.ofSeconds(61).toNanos());
    decision.connected();
    decision.disconnected();
    assertThat(decision.after(silent, true))
        .isInstanceOfSatisfying(
            ReconnectStrategy.GiveUp.class,
            giveUp -> assertThat(giveUp.why()).contains("61 s").contains("silent"));
  }
}
