package io.motorwatch.source.mqtt.reader;

/** The right to acknowledge one message, on the connection it came by and no other. */
interface AckHandle {

  /**
   * Acknowledges the message; only once. Safe for any thread, never blocks.
   *
   * @return false if that connection has ended: nothing was sent, the broker redelivers
   */
  boolean acknowledge();

  /** Whether the connection the message came by is the session's present one. */
  boolean current();

  /** Wall clock at arrival, epoch milliseconds. */
  long arrivedAt();
}
