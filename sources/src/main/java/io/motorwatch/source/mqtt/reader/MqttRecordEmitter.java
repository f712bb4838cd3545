package io.motorwatch.source.mqtt.reader;

import io.motorwatch.source.mqtt.AckMode;
import io.motorwatch.source.mqtt.MqttMessage;
import io.motorwatch.source.mqtt.journal.JournalRecord;
import io.motorwatch.source.mqtt.metrics.MqttSourceMetrics;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;

/**
 * Hands a message to the next operator, and only then its acknowledgement to its stage, unless the
 * stage holds the message back. What the job has got already is only acknowledged: the
 * acknowledgement before was lost or never sent.
 */
final class MqttRecordEmitter
    implements RecordEmitter<ReceivedMessage, MqttMessage, MqttSessionSplitState> {

  private final AckStage stage;
  private final MqttSourceMetrics metrics;
  private final AckMode ackMode;

  MqttRecordEmitter(AckStage stage, MqttSourceMetrics metrics, AckMode ackMode) {
    this.stage = stage;
    this.metrics = metrics;
    this.ackMode = ackMode;
  }

  @Override
  public void emitRecord(
      ReceivedMessage received, SourceOutput<MqttMessage> output, MqttSessionSplitState state) {
    MqttMessage message = received.message();
    metrics.bytesRead(message.payload().length);
    JournalRecord replayed = received.replayed();
    if (replayed != null) {
      emit(message, output, state);
      state.addReplayed(replayed);
      return;
    }
    AckHandle ack = received.ack();
    if (ack == null || ackMode == AckMode.ON_RECEIVE) {
      emit(message, output, state);
      return;
    }
    if (state.begins(ack.epoch())) {
      // All of these come again: with them each reconnect of a job without checkpoints would add
      // another window to those that wait.
      stage.dropStale(ack.sessionId());
    }
    if (state.has(ack, message.redelivered())) {
      metrics.repeatDropped();
      stage.repeated(ack, state);
    } else if (stage.holds(message, state)) {
      stage.held(received, ack, state);
    } else {
      emit(message, output, state);
      state.add(ack);
      stage.emitted(received, ack, state);
    }
  }

  /** Hands a message on, unless another session has it too. */
  static void emit(
      MqttMessage message, SourceOutput<MqttMessage> output, MqttSessionSplitState state) {
    if (!state.split().readElsewhere(message.topic())) {
      output.collect(message, message.arrivedAt());
    }
  }
}
