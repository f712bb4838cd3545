package io.motorwatch.mqtt;

import java.io.IOException;

/**
 * A broker was reached and sent CONNECT, and closed the connection or kept silent instead of
 * answering. The message says which, behind the broker's name.
 */
public final class NoConnAckException extends IOException {

  private static final long serialVersionUID = 1L;

  public NoConnAckException(String message, IOException cause) {
    super(message, cause);
  }
}
