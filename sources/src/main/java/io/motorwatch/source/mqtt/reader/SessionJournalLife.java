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

  /**
   * Waits until what was begun in the background is done, or gives it up.
   *
   * @param deadline on the clock of {@link System#nanoTime}
   */
  void awaitTidied(long deadline) throws InterruptedException;

  /** The reader is closed. Does not wait for the disk. */
  void close();

  /**
   * Waits until what is to be done at the close is done, or gives it up.
   *
   * @param deadline on the clock of {@link System#nanoTime}
   * @return whether it is done
   */
  default boolean awaitClosed(long deadline) throws InterruptedException {
    return true;
  }
}
