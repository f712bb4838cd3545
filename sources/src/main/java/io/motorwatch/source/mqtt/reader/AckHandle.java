package io.motorwatch.source.mqtt.reader;

import io.motorwatch.source.mqtt.split.EmittedMessages;
import java.util.concurrent.CompletableFuture;

/** The right to acknowledge one message, on the connection it came by and no other. */
interface AckHandle {

  /** One connection of a session, distinguished from the others by identity. */
  interface Epoch {

    /** Whether the broker still held the session: it then sends again what is unacknowledged. */
    boolean resumed();
  }

  /**
   * Acknowledges the message; only once. Safe for any thread, never blocks.
   *
   * @return false if that connection has ended: nothing was sent, the broker redelivers
   */
  boolean acknowledge();

  /** Whether the connection the message came by is the session's present one. */
  boolean current();

  /** The connection the message came by. */
  Epoch epoch();

  /** The session's name at the broker, and the split's. */
  String sessionId();

  /** By which the broker knows the message. */
  int packetId();

  /** See {@link EmittedMessages#fingerprint}. */
  long fingerprint();

  /**
   * Whether the broker has got the acknowledgements sent before on this connection.
   *
   * @return completes when it certainly has; exceptionally if the connection ended before
   */
  CompletableFuture<Void> confirmation();

  /** Wall clock at arrival, epoch milliseconds. */
  long arrivedAt();
}
