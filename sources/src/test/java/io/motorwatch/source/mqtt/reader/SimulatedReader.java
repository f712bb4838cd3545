package io.motorwatch.source.mqtt.reader;

import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.source.mqtt.AckMode;
import io.motorwatch.source.mqtt.MqttMessage;
import io.motorwatch.source.mqtt.client.Protocol;
import io.motorwatch.source.mqtt.metrics.MqttSourceMetrics;
import io.motorwatch.source.mqtt.split.MqttSessionSplit;
import io.motorwatch.source.mqtt.split.MqttSessionSplitSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.SourceOutput;

/** One attempt of a task that reads a {@link SimulatedBroker}; each step is asked for. */
final class SimulatedReader implements SourceOutput<MqttMessage>, AutoCloseable {

  final RecordedMetrics recorded = new RecordedMetrics();
  final AckMode mode;
  private final SimulatedBroker broker;
  private final List<Integer> effects;
  private final BiConsumer<Integer, Long> onArrival;
  private final MqttSessionSplitState state;
  private final ConfirmedAcks confirmedAcks = new ConfirmedAcks();
  private final CheckpointAckTracker tracker;
  private final Journals journals;
  private final MqttRecordEmitter emitter;
  private final ArrayDeque<ReceivedMessage> inbox = new ArrayDeque<>();
  private final SessionGate gate;

  /**
   * Connects, and has the journal's messages before those of the network.
   *
   * @param effects gets the numbers of what is handed on
   * @param onArrival gets them too, each with the time of its arrival
   */
  SimulatedReader(
      AckMode mode,
      JournalAccess journal,
      List<String> timedByArrival,
      SimulatedBroker broker,
      MqttSessionSplit split,
      List<Integer> effects,
      BiConsumer<Integer, Long> onArrival)
      throws IOException {
    this.mode = mode;
    this.broker = broker;
    this.effects = effects;
    this.onArrival = onArrival;
    this.state = MqttSessionSplitState.of(split);
    MqttSourceMetrics metrics = new MqttSourceMetrics(recorded.asSourceReaderGroup());
    MessageHandover handover = new MessageHandover(1_000_000, () -> {});
    this.tracker = new CheckpointAckTracker(confirmedAcks::sent, () -> {});
    this.journals = new Journals(mode, journal, timedByArrival, handover, metrics, confirmedAcks);
    this.emitter =
        new MqttRecordEmitter(mode == AckMode.JOURNAL ? journals : tracker, metrics, mode);
    this.gate = journals.gate(split);
    gate.prepare().join();
    broker.connect();
    gate.connected(
            new SessionConnection(
                split,
                Fixture.options(BrokerAddress.of("tcp://127.0.0.1:1"), 10),
                Protocol.MQTT_5,
                handover,
                gate,
                (which, cause) -> {}))
        .join();
    while (handover.size() > 0) {
      inbox.addAll(handover.take(1000));
    }
  }

  /** The connection is cut, and comes back. */
  void reconnect() {
    broker.connect();
    inbox.removeIf(message -> message.ack() != null);
  }

  void receive(int most) {
    for (int i = 0; i < most; i++) {
      ReceivedMessage message = broker.send();
      if (message == null) {
        return;
      }
      inbox.add(message);
    }
  }

  void emit(int most) {
    confirmedAcks.take(this::confirmed);
    while (journals.holding().emit(this)) {
      // All that may be.
    }
    for (int i = 0; i < most && !inbox.isEmpty(); i++) {
      emitter.emitRecord(inbox.remove(), this, state);
    }
  }

  private void confirmed(AckHandle ack) {
    if (mode == AckMode.JOURNAL) {
      state.finished(ack);
    } else {
      state.confirmed(ack);
    }
  }

  /** As {@link MqttSourceReader#snapshotState}; the split's state. */
  byte[] snapshot(long checkpointId) throws IOException {
    confirmedAcks.take(this::confirmed);
    state.settle();
    tracker.snapshot(checkpointId);
    journals.snapshot(checkpointId, Map.of(state.split().splitId(), state));
    return new MqttSessionSplitSerializer().serialize(state.toSplit());
  }

  void complete(long checkpointId) {
    journals.complete(checkpointId);
    if (mode != AckMode.JOURNAL) {
      tracker.complete(checkpointId);
      confirmedAcks.ask();
    }
  }

  @Override
  public void close() {
    journals.close();
    gate.close();
  }

  @Override
  public void collect(MqttMessage message) {
    int number = Integer.parseInt(new String(message.payload(), StandardCharsets.UTF_8));
    effects.add(number);
    onArrival.accept(number, message.arrivedAt());
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
