package io.motorwatch.source.mqtt.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfirmedAcksTest {

  private final ConfirmedAcks acks = new ConfirmedAcks();

  private FakeAck sent(String session, int number) {
    FakeAck ack = new FakeAck(session, number);
    acks.sent(ack);
    return ack;
  }

  private List<Integer> taken() {
    List<Integer> taken = new ArrayList<>();
    acks.take(ack -> taken.add(ack.packetId()));
    return taken;
  }

  @Test
  void takesNoAcknowledgementForReceivedThatTheBrokerHasNotConfirmed() {
    sent("a", 1);
    acks.ask();
    assertThat(taken()).isEmpty();
  }

  @Test
  void takesAllThatWereSentBeforeItAsked() {
    FakeAck first = sent("a", 1);
    sent("a", 2);
    acks.ask();
    sent("a", 3);
    first.confirmation.complete(null);
    assertThat(taken()).containsExactly(1, 2);
    assertThat(taken()).isEmpty();
  }

  @Test
  void asksEachSessionForItsOwn() {
    sent("a", 1);
    FakeAck other = sent("b", 2);
    acks.ask();
    other.confirmation.complete(null);
    assertThat(taken()).containsExactly(2);
  }

  @Test
  void takesNoneOfAConnectionThatEndedBeforeTheAnswer() {
    FakeAck lost = sent("a", 1);
    acks.ask();
    lost.confirmation.completeExceptionally(new IOException("cut"));
    assertThat(taken()).isEmpty();
  }
}
