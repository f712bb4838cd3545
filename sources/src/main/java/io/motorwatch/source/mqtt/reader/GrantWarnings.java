package io.motorwatch.source.mqtt.reader;

import io.motorwatch.source.mqtt.split.MqttSessionSplit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The broker may grant a session less than was asked for, and messages are lost by it. */
final class GrantWarnings {

  private static final Logger LOG = LoggerFactory.getLogger(GrantWarnings.class);

  private GrantWarnings() {}

  /** Logs what a connection that is subscribed was granted less. */
  static void log(SessionConnection connection, SessionOptions options, MqttSessionSplit split) {
    if (connection.grantedQos() < options.maxQos()) {
      LOG.warn(
          "{} grants client {} QoS {} instead of {}: {}. Check the broker's limits and access"
              + " rules for {}",
          options.broker(),
          split.clientId(),
          connection.grantedQos(),
          options.maxQos(),
          connection.grantedQos() == 0
              ? "it holds nothing while the job is away, and what comes then is lost"
              : "messages come with the lower one",
          String.join(", ", split.filters()));
    }
    if (connection.sessionExpirySeconds() < options.sessionExpiry().toSeconds()) {
      LOG.warn(
          "{} keeps the session of client {} for {} s instead of {} s: when the job is away for"
              + " longer, what came for it is lost",
          options.broker(),
          split.clientId(),
          connection.sessionExpirySeconds(),
          options.sessionExpiry().toSeconds());
    }
  }
}
