package io.motorwatch.source.mqtt.reader;

import org.jspecify.annotations.Nullable;

/**
 * Notices that a session's window of unacknowledged messages limits its rate. Sessions are
 * throttled silently: without this warning the cause of a growing backlog would stay hidden.
 *
 * <p>A broker's own limit of messages in flight is not reported, since it cannot be seen from here:
 * that a number is reached again and again and never exceeded is also what ten devices do that send
 * once a second, and Mosquitto exceeds its limit while it has a backlog.
 */
final class ReceiveWindowMonitor {

  /** One checkpoint with such a peak may be chance. */
  private static final int IN_A_ROW = 3;

  private final int receiveMaximum;
  private int full;

  ReceiveWindowMonitor(int receiveMaximum) {
    this.receiveMaximum = receiveMaximum;
  }

  /**
   * Notes what was seen between two checkpoints.
   *
   * @param peak the most messages that were unacknowledged at once; more than the Receive Maximum
   *     with brokers that do not keep to it
   * @return the warning for the operator, once when the window is full again and again, else null
   */
  @Nullable String observe(int peak) {
    full = peak >= receiveMaximum ? full + 1 : 0;
    return full == IN_A_ROW
        ? "its window of %d unacknowledged messages is full: more sessions, shorter checkpoints or a larger Receive Maximum allow a higher rate"
            .formatted(receiveMaximum)
        : null;
  }
}
