package io.motorwatch.source.mqtt.reader;

/** A session's journal in a reader's life. For the task's thread, but for the gate. */
interface SessionJournalLife {

  /** Where the session's messages wait for those of the journal. */
  SessionGate gate();

  /** A checkpoint's barrier passes; before the state is taken. */
  void snapshot(long checkpointId, MqttSessionSplitState state);

  /** So it does, and the session is drained and ended. */
  void snapshotEnded(long checkpointId);

  /** A checkpoint is complete. */
  void complete(long checkpointId);

  /** The reader is closed. */
  void close();
}
