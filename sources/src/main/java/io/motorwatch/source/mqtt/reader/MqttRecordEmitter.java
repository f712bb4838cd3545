package io.motorwatch.source.mqtt.reader;

import io.motorwatch.source.mqtt.AckMode;
import io.motorwatch.source.mqtt.MqttMessage;
import io.motorwatch.source.mqtt.metrics.MqttSourceMetrics;
import io.motorwatch.source.mqtt.split.MqttSessionSplit;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;

/** Hands a message to the next operator, and only then its acknowledgement to the tracker. */
final class MqttRecordEmitter
    implements RecordEmitter<ReceivedMessage, MqttMessage, MqttSessionSplit> {

  private final CheckpointAckTracker tracker;
  private final MqttSourceMetrics metrics;
  private final AckMode ackMode;

  MqttRecordEmitter(CheckpointAckTracker tracker, MqttSourceMetrics metrics, AckMode ackMode) {
    this.tracker = tracker;
    this.metrics = metrics;
    this.ackMode = ackMode;
  }

  @Override
  public void emitRecord(
      ReceivedMessage received, SourceOutput<MqttMessage> output, MqttSessionSplit split) {
    MqttMessage message = received.message();
    metrics.bytesRead(message.payload().length);
    if (!split.readElsewhere(message.topic())) {
      output.collect(message, message.arrivedAt());
    }
    AckHandle ack = received.ack();
    if (ack != null && ackMode == AckMode.CHECKPOINT) {
      tracker.stage(ack);
    }
  }
}
