package io.motorwatch.source.mqtt.reader;

import io.motorwatch.source.mqtt.AckMode;
import io.motorwatch.source.mqtt.split.MqttSessionSplit;
import java.io.IOException;
import java.util.Collection;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;

/** Takes what the sessions received, in batches, on Flink's fetcher thread. */
final class MqttSplitReader implements SplitReader<ReceivedMessage, MqttSessionSplit> {

  /** So that a full window does not become one batch, which would delay a wake-up. */
  private static final int BATCH = 2048;

  private final MqttSessions sessions;
  private final MessageHandover handover;
  private final AckMode ackMode;
  private final Journals journals;

  MqttSplitReader(
      MqttSessions sessions, MessageHandover handover, AckMode ackMode, Journals journals) {
    this.sessions = sessions;
    this.handover = handover;
    this.ackMode = ackMode;
    this.journals = journals;
  }

  @Override
  public RecordsWithSplitIds<ReceivedMessage> fetch() throws IOException {
    RecordsBySplits.Builder<ReceivedMessage> batch = new RecordsBySplits.Builder<>();
    for (ReceivedMessage received : handover.take(BATCH)) {
      if (received.isEnd()) {
        batch.addFinishedSplit(received.sessionId());
        continue;
      }
      AckHandle ack = received.ack();
      // Not earlier: the Receive Maximum bounds the queue only while messages in it are unacked.
      if (ackMode == AckMode.ON_RECEIVE && ack != null && !ack.acknowledge()) {
        // The broker sends it again, by the next connection.
        continue;
      }
      batch.add(received.sessionId(), received);
    }
    return batch.build();
  }

  @Override
  public void handleSplitsChanges(SplitsChange<MqttSessionSplit> change) {
    if (!(change instanceof SplitsAddition)) {
      throw new UnsupportedOperationException("an MQTT session cannot be taken from its reader");
    }
    change.splits().forEach(sessions::add);
  }

  @Override
  public void wakeUp() {
    handover.wakeUp();
  }

  /** Sessions keep their order only within themselves, so there is nothing to align. */
  @Override
  public void pauseOrResumeSplits(
      Collection<MqttSessionSplit> toPause, Collection<MqttSessionSplit> toResume) {
    throw new UnsupportedOperationException(
        "MQTT sessions carry no watermarks and cannot be aligned");
  }

  @Override
  public void close() {
    // Before the connections end: acknowledgements of a last checkpoint may be to be sent.
    journals.close();
    sessions.close();
  }
}
