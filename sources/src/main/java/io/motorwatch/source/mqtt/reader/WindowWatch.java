package io.motorwatch.source.mqtt.reader;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a session's window of unacknowledged messages limits its rate. Sessions are
 * throttled silently: without this nobody would know why a backlog grows.
 */
final class WindowWatch {

  /** Limits that brokers impose by default: Mosquitto 20, EMQX 32, HiveMQ CE 50, AWS IoT 100. */
  private static final Set<Integer> BROKER_DEFAULTS = Set.of(20, 32, 50, 100);

  /** One checkpoint with such a peak may be chance. */
  private static final int IN_A_ROW = 3;

  private final int receiveMaximum;
  private int lastPeak;
  private int times;

  WindowWatch(int receiveMaximum) {
    this.receiveMaximum = receiveMaximum;
  }

  /**
   * Notes the most messages that were unacknowledged at once between two checkpoints.
   *
   * @return what to tell the operator, once when a plateau shows, else null
   */
  @Nullable String observe(int peak) {
    times = peak == lastPeak ? times + 1 : 1;
    lastPeak = peak;
    if (times != IN_A_ROW) {
      return null;
    }
    if (peak >= receiveMaximum) {
      return "its window of %d unacknowledged messages is full: more sessions, shorter checkpoints or a larger Receive Maximum allow a higher rate"
          .formatted(receiveMaximum);
    }
    if (BROKER_DEFAULTS.contains(peak)) {
      return "never more than %d messages are unacknowledged, which looks like a broker's default limit of messages in flight: raise it there"
          .formatted(peak);
    }
    return null;
  }
}
