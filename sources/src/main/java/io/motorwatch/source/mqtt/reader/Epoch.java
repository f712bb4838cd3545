package io.motorwatch.source.mqtt.reader;

/** One connection of a session, told from the others by identity. */
interface Epoch {

  /** Whether the broker still held the session: it then sends again what is unacknowledged. */
  boolean resumed();
}
