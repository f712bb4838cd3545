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
    ClientIdConflictDetector conflicts = new ClientIdConflictDetector();
    long second = Duration.ofSeconds(1).toNanos();
    assertThat(conflicts.takenOver(0)).isFalse();
    assertThat(conflicts.takenOver(30 * second)).isFalse();
    assertThat(conflicts.takenOver(61 * second)).isFalse();
    assertThat(conflicts.takenOver(62 * second)).isTrue();
  }

  @Test
  void takesSixBriefConnectionsInARowForARival() {
    ClientIdConflictDetector conflicts = new ClientIdConflictDetector();
    Duration brief = Duration.ofSeconds(2);
    for (int round = 0; round < 3; round++) {
      for (int i = 1; i < ClientIdConflictDetector.SUSPECTED; i++) {
        assertThat(conflicts.suspected(brief)).isFalse();
      }
      if (round == 0) {
        conflicts.cleared();
      } else if (round == 1) {
        assertThat(conflicts.suspected(Duration.ofSeconds(11))).isFalse();
      }
    }
    assertThat(conflicts.suspected(brief)).isTrue();
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
