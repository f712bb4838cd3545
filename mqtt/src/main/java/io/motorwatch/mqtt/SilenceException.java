package io.motorwatch.mqtt;

import java.io.IOException;

/**
 * A broker to which the connection stood kept silent, or did not answer. The message says what was
 * missed and what to check, behind the broker's name.
 */
public final class SilenceException extends IOException {

  private static final long serialVersionUID = 1L;

  public SilenceException(String message) {
    super(message);
  }
}
