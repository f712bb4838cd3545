package io.motorwatch.source.mqtt.client;

import java.io.IOException;

/**
 * A broker was reached and sent CONNECT, and closed the connection or kept silent instead of
 * answering. The message says which, behind the broker's name.
 */
final class NoConnAckException extends IOException {

  private static final long serialVersionUID = 1L;

  NoConnAckException(String message, IOException cause) {
    super(message, cause);
  }
}
