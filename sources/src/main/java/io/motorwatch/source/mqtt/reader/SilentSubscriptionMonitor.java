package io.motorwatch.source.mqtt.reader;

import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.source.mqtt.split.MqttSessionSplit;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Warns when a subscription brings nothing: a wrong topic, a broker that does not know shared
 * subscriptions or an access rule that silently drops messages all look like a quiet fleet. On the
 * sessions' one thread.
 */
final class SilentSubscriptionMonitor {

  /** Devices report every few seconds; a minute of nothing is worth a look. */
  static final Duration WAIT = Duration.ofMinutes(1);

  private static final String SHARED = "$share/";

  private final SessionScheduler scheduler;
  private final Duration wait;
  private final Consumer<String> warn;
  private boolean warned;

  SilentSubscriptionMonitor(SessionScheduler scheduler, Duration wait, Consumer<String> warn) {
    this.scheduler = scheduler;
    this.wait = wait;
    this.warn = warn;
  }

  /**
   * Looks once, when the time is over; warns at most once in all.
   *
   * @param quiet whether the connection still stands and has brought no live message
   */
  void subscribed(BrokerAddress broker, MqttSessionSplit split, BooleanSupplier quiet) {
    scheduler.later(
        wait.toMillis(),
        () -> {
          if (!warned && quiet.getAsBoolean()) {
            warned = true;
            warn.accept(warning(broker, split, wait));
          }
        });
  }

  static String warning(BrokerAddress broker, MqttSessionSplit split, Duration wait) {
    String shared =
        split.filters().stream().anyMatch(filter -> filter.startsWith(SHARED))
            ? " Its subscription is shared with other sessions, which may have got all."
            : "";
    return "Nothing received by client %s within %d s of subscribing to %s at %s: check that devices publish there, that mqtt.topics fits their topics, and this user's access rights.%s To look: %s"
        .formatted(
            split.clientId(),
            wait.toSeconds(),
            String.join(", ", split.filters()),
            broker,
            shared,
            command(broker, plain(split.filters().get(0))));
  }

  private static String plain(String filter) {
    return filter.startsWith(SHARED)
        ? filter.substring(filter.indexOf('/', SHARED.length()) + 1)
        : filter;
  }

  /** A line for a shell; passwords are for the person to add. */
  private static String command(BrokerAddress broker, String filter) {
    if (broker.webSocket()) {
      return "an MQTT client over WebSockets at " + broker.webSocketUri() + ", topic " + filter;
    }
    StringBuilder line = new StringBuilder("mosquitto_sub -h " + broker.host());
    line.append(" -p ").append(broker.port());
    if (broker.credentials() != null) {
      line.append(" -u '").append(broker.credentials().username()).append("' -P PASSWORD");
    }
    if (broker.secure()) {
      String ca = broker.tls().ca();
      line.append(ca == null ? " --capath /etc/ssl/certs" : " --cafile " + ca);
      String certificate = broker.tls().certificate();
      if (certificate != null) {
        String key = broker.tls().key();
        line.append(" --cert ").append(certificate);
        line.append(" --key ").append(key == null ? certificate : key);
      }
    }
    return line.append(" -v -t '").append(filter).append("'").toString();
  }
}
