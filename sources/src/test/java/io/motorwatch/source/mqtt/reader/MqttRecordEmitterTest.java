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
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.SourceOutput;
import org.junit.jupiter.api.Test;

class MqttRecordEmitterTest {

  private final RecordedMetrics recorded = new RecordedMetrics();
  private final List<String> emitted = new ArrayList<>();
  private final List<Integer> acknowledged = new ArrayList<>();
  private final CheckpointAckTracker tracker =
      new CheckpointAckTracker(ack -> acknowledged.add(ack.packetId()), () -> {});
  private final MqttRecordEmitter emitter =
      new MqttRecordEmitter(
          tracker, new MqttSourceMetrics(recorded.asSourceReaderGroup()), AckMode.CHECKPOINT);
  private SessionState state =
      SessionState.of(MqttSessionSplit.fresh(0, "s", List.of(), List.of()));

  private void receive(String payload, int packetId, boolean redelivered) {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    MqttMessage message = new MqttMessage("t", bytes, false, 1, null, 0, redelivered);
    FakeAck ack = new FakeAck("s", packetId, EmittedMessages.print("t", bytes));
    emitter.emitRecord(new ReceivedMessage("s", message, ack), new Emitted(), state);
  }

  private void failAndRestore() throws IOException {
    MqttSessionSplitSerializer serializer = new MqttSessionSplitSerializer();
    byte[] checkpoint = serializer.serialize(state.toSplit());
    receive("lost with the failure", 99, false);
    emitted.clear();
    state = SessionState.of(serializer.deserialize(serializer.getVersion(), checkpoint));
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
    // The device has sent the very same again: that is not for the source to judge.
    receive("b", 1, false);
    assertThat(emitted).containsExactly("a", "b", "b");
  }

  @Test
  void emitsWhatCameAgainUnderAnIdentifierThatAnotherMessageHad() {
    receive("a", 1, false);
    receive("b", 1, true);
    assertThat(emitted).containsExactly("a", "b");
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
