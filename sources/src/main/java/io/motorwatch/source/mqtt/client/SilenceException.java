package io.motorwatch.source.mqtt.client;

import java.io.IOException;

/**
 * A broker to which the connection stood kept silent, or did not answer. The message tells what was
 * missed and what to check, behind the broker's name.
 */
final class SilenceException extends IOException {

  private static final long serialVersionUID = 1L;

  SilenceException(String message) {
    super(message);
  }
}
