package io.motorwatch.source.mqtt.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.source.mqtt.AckMode;
import io.motorwatch.source.mqtt.MqttMessage;
import io.motorwatch.source.mqtt.metrics.MqttSourceMetrics;
import io.motorwatch.source.mqtt.split.EmittedMessages;
import io.motorwatch.source.mqtt.split.MqttSessionSplit;
import io.motorwatch.source.mqtt.split.MqttSessionSplitSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.SourceOutput;
import org.junit.jupiter.api.Test;

class MqttRecordEmitterTest {

  private final RecordedMetrics recorded = new RecordedMetrics();
  private final List<String> emitted = new ArrayList<>();
  private final List<FakeAck> acks = new ArrayList<>();
  private final List<Integer> acknowledged = new ArrayList<>();
  private final AtomicInteger stale = new AtomicInteger();
  private final CheckpointAckTracker tracker =
      new CheckpointAckTracker(ack -> acknowledged.add(ack.packetId()), stale::incrementAndGet);
  private final MqttRecordEmitter emitter =
      new MqttRecordEmitter(
          tracker, new MqttSourceMetrics(recorded.asSourceReaderGroup()), AckMode.CHECKPOINT);
  private AckHandle.Epoch epoch = new Connected(true);
  private MqttSessionSplitState state =
      MqttSessionSplitState.of(MqttSessionSplit.fresh(0, "s", List.of(), List.of()));

  private void receive(String payload, int packetId, boolean redelivered) {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    MqttMessage message = new MqttMessage("t", bytes, false, 1, null, 0, redelivered);
    FakeAck ack = new FakeAck("s", packetId, EmittedMessages.fingerprint("t", bytes));
    ack.epoch = epoch;
    acks.add(ack);
    emitter.emitRecord(new ReceivedMessage("s", message, ack), new Emitted(), state);
  }

  private void failAndRestore() throws IOException {
    MqttSessionSplitSerializer serializer = new MqttSessionSplitSerializer();
    byte[] checkpoint = serializer.serialize(state.toSplit());
    receive("lost with the failure", 99, false);
    emitted.clear();
    state = MqttSessionSplitState.of(serializer.deserialize(serializer.getVersion(), checkpoint));
    reconnect(true);
  }

  private void reconnect(boolean resumed) {
    acks.forEach(ack -> ack.current = false);
    epoch = new Connected(resumed);
  }

  /** A class, since lambdas without a variable may be one and the same. */
  private static final class Connected implements AckHandle.Epoch {

    private final boolean resumed;

    Connected(boolean resumed) {
      this.resumed = resumed;
    }

    @Override
    public boolean resumed() {
      return resumed;
    }
  }

  private int kept() {
    return state.toSplit().progress().emitted().size();
  }

  @Test
  void tellsWhatTheJobHasGotFromWhatItHasNotAmongWhatComesAgain() throws IOException {
    receive("a", 1, false);
    receive("b", 2, false);
    failAndRestore();
    receive("a", 1, true);
    receive("b", 2, true);
    receive("lost with the failure", 99, true);
    assertThat(emitted).containsExactly("lost with the failure");
    assertThat(recorded.count(MqttSourceMetrics.REPEATS_DROPPED)).isEqualTo(2);
  }

  @Test
  void acknowledgesWhatItHasGotAlreadyWithTheNextCheckpoint() throws IOException {
    receive("a", 1, false);
    failAndRestore();
    tracker.snapshot(1);
    tracker.complete(1);
    acknowledged.clear();
    receive("a", 1, true);
    tracker.snapshot(2);
    tracker.complete(2);
    assertThat(acknowledged).containsExactly(1);
  }

  @Test
  void emitsWhatComesForTheFirstTimeThoughItsIdentifierWasInUse() {
    receive("a", 1, false);
    receive("b", 1, false);
    // The device has sent the very same again: the source does not decide on that.
    receive("b", 1, false);
    assertThat(emitted).containsExactly("a", "b", "b");
  }

  @Test
  void emitsWhatCameAgainUnderAnIdentifierThatAnotherMessageHad() {
    receive("a", 1, false);
    receive("b", 1, true);
    assertThat(emitted).containsExactly("a", "b");
  }

  @Test
  void forgetsWhatDoesNotComeAgainOnceOnlyNewMessagesCome() throws IOException {
    receive("online", 1, false);
    receive("b", 2, false);
    failAndRestore();
    receive("b", 2, true);
    receive("new", 3, false);
    state.settle();
    assertThat(kept()).as("a repeated one came since the last checkpoint").isEqualTo(3);
    state.settle();
    assertThat(kept()).as("nothing came").isEqualTo(3);
    receive("newer", 4, false);
    state.settle();
    assertThat(kept()).isEqualTo(3);
    emitted.clear();

    // Sent once more, lost with the connection, and sent again: under the identifier of the first.
    reconnect(true);
    receive("online", 1, true);
    receive("b", 2, true);
    assertThat(emitted).containsExactly("online");
  }

  @Test
  void keepsWhatABrokerMaySendAgainBehindTheFirstNewMessages() {
    receive("a", 1, false);
    reconnect(true);
    receive("new", 2, false);
    // The checkpoint comes between the two.
    state.settle();
    receive("a", 1, true);
    assertThat(emitted).containsExactly("a", "new");
  }

  @Test
  void forgetsAllOfASessionThatTheBrokerHasLost() {
    receive("online", 1, false);
    reconnect(false);
    receive("b", 2, false);
    assertThat(kept()).isEqualTo(1);
    receive("online", 1, true);
    assertThat(emitted).containsExactly("online", "b", "online");
  }

  @Test
  void keepsANewMessageThoughOneLikeItIsConfirmedLate() {
    receive("a", 1, false);
    FakeAck late = acks.get(0);
    reconnect(true);
    receive("new", 2, false);
    state.settle();
    receive("newer", 3, false);
    state.settle();
    receive("a", 1, false);
    state.confirmed(late);
    reconnect(true);
    receive("a", 1, true);
    assertThat(emitted).containsExactly("a", "new", "newer", "a");
  }

  @Test
  void holdsOneWindowHoweverOftenItConnectsAgainWithoutACheckpoint() {
    for (int times = 0; times < 5; times++) {
      for (int id = 1; id <= 10; id++) {
        receive("m" + id, id, times > 0);
      }
      tracker.snapshot(times);
      reconnect(true);
    }
    receive("m1", 1, true);
    assertThat(stale).hasValue(50);
    assertThat(tracker.oldestArrival()).isEqualTo(1000);
  }

  private final class Emitted implements SourceOutput<MqttMessage> {

    @Override
    public void collect(MqttMessage message) {
      emitted.add(new String(message.payload(), StandardCharsets.UTF_8));
    }

    @Override
    public void collect(MqttMessage message, long timestamp) {
      collect(message);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void markIdle() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void markActive() {
      throw new UnsupportedOperationException();
    }
  }
}
