package io.motorwatch.source.mqtt.reader;

import io.motorwatch.model.connection.Backoff;
import io.motorwatch.mqtt.ConnectProblem;
import io.motorwatch.mqtt.MqttVersion;
import io.motorwatch.mqtt.VersionChoice;
import io.motorwatch.source.mqtt.client.Protocol;
import java.time.Duration;
import java.util.Random;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what follows when a session's connection, or an attempt at one, has ended: another after
 * a pause, another at once by the older MQTT, or none. For the sessions' one thread.
 */
final class ReconnectStrategy {

  private static final Logger LOG = LoggerFactory.getLogger(ReconnectStrategy.class);

  /** What to do. */
  sealed interface Next {}

  /** Connect again. */
  record Retry(long pauseMillis) implements Next {}

  /** Waiting does not help. */
  record GiveUp(String why) implements Next {}

  private final String clientId;
  private final SessionOptions options;
  private final LongSupplier nanos;
  private final Backoff backoff;
  private final ClientIdConflictDetector conflicts = new ClientIdConflictDetector();
  private final VersionChoice versions;
  private boolean well;
  private long connectedSince;
  private long disconnectedSince;

  ReconnectStrategy(String clientId, SessionOptions options) {
    this(clientId, options, System::nanoTime);
  }

  /**
   * @param nanos a monotonic clock
   */
  ReconnectStrategy(String clientId, SessionOptions options, LongSupplier nanos) {
    this.clientId = clientId;
    this.nanos = nanos;
    this.disconnectedSince = nanos.getAsLong();
    this.options = options;
    this.versions = new VersionChoice(options.version());
    this.backoff =
        new Backoff(
            options.reconnect().backoffMin(), options.reconnect().backoffMax(), new Random());
  }

  /** What to connect by. */
  Protocol protocol() {
    return versions.version() == MqttVersion.V3 ? Protocol.MQTT_3_1_1 : Protocol.MQTT_5;
  }

  void connected() {
    connectedSince = nanos.getAsLong();
    if (versions.accepted()) {
      LOG.warn(
          "{} does not take MQTT 5: going on with 3.1.1. Its own limit of messages in flight bounds"
              + " the rate now, and its own expiry how long sessions are kept. Set mqtt.version: 3"
              + " to skip the attempt.",
          options.broker());
    }
  }

  /** All is well. */
  void subscribed() {
    backoff.succeeded();
    well = true;
  }

  /** A connection that stood has ended. One on which nothing was subscribed was of no use. */
  void disconnected() {
    if (well) {
      disconnectedSince = nanos.getAsLong();
    }
    well = false;
  }

  /**
   * After an end.
   *
   * @param stood whether it was a connection, not an attempt
   */
  Next after(ConnectProblem problem, boolean stood) {
    if (!stood && versions.failed(failure(problem.kind()))) {
      return new Retry(0);
    }
    if (clientIdInUse(problem.kind(), stood)) {
      return new GiveUp(
          "client id "
              + clientId
              + " is in use elsewhere at "
              + options.broker()
              + " (or something else cuts each connection within seconds). Give every deployment a"
              + " client-id prefix of its own.");
    }
    Duration without = Duration.ofNanos(nanos.getAsLong() - disconnectedSince);
    if (without.compareTo(options.reconnect().giveUpAfter()) > 0) {
      return new GiveUp(
          "no connection for " + without.toSeconds() + " s, giving up: " + problem.message());
    }
    return new Retry(backoff.failed(null));
  }

  private static VersionChoice.Failure failure(ConnectProblem.Kind kind) {
    return switch (kind) {
      case UNSUPPORTED_VERSION -> VersionChoice.Failure.VERSION_REFUSED;
      case NO_CONNACK -> VersionChoice.Failure.NO_ANSWER;
      default -> VersionChoice.Failure.OTHER;
    };
  }

  private boolean clientIdInUse(ConnectProblem.Kind kind, boolean stood) {
    long now = nanos.getAsLong();
    if (kind == ConnectProblem.Kind.SESSION_TAKEN_OVER) {
      return conflicts.takenOver(now);
    } else if (stood && kind == ConnectProblem.Kind.CONNECTION_LOST) {
      return conflicts.suspected(Duration.ofNanos(now - connectedSince));
    }
    conflicts.cleared();
    return false;
  }
}
