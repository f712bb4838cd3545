package io.motorwatch.source.mqtt.client;

import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.ConnectProblem;
import io.motorwatch.mqtt.MqttUnreachableException;
import io.motorwatch.mqtt.MqttVersion;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Finds out, before a job starts, whether a broker lets us in. */
public final class MqttProbe {

  private static final Duration SLACK = Duration.ofMillis(250);

  private MqttProbe() {}

  /**
   * Connects once, by MQTT 5 or else 3.1.1, as a client of a random id that leaves no session
   * behind, and disconnects. Blocks for at most about the timeout.
   *
   * @throws MqttUnreachableException with one line that names the address and what to check
   */
  public static void connectOnce(BrokerAddress broker, Duration timeout)
      throws MqttUnreachableException {
    connectOnce(broker, timeout, MqttVersion.AUTO);
  }

  /**
   * As {@link #connectOnce(BrokerAddress, Duration)}, by this version of MQTT.
   *
   * @throws MqttUnreachableException also if the broker does not speak it
   */
  public static void connectOnce(BrokerAddress broker, Duration timeout, MqttVersion version)
      throws MqttUnreachableException {
    // Where both versions may have to be tried, each has half of the time.
    Duration each = version == MqttVersion.AUTO ? timeout.dividedBy(2) : timeout;
    try {
      connectOnce(broker, each, version == MqttVersion.V3 ? Protocol.MQTT_3_1_1 : Protocol.MQTT_5);
    } catch (MqttUnreachableException e) {
      boolean maybeOld =
          e.kind() == ConnectProblem.Kind.UNSUPPORTED_VERSION
              || e.kind() == ConnectProblem.Kind.NO_CONNACK
              || e.kind() == ConnectProblem.Kind.TIMEOUT;
      if (version != MqttVersion.AUTO || !maybeOld) {
        throw e;
      }
      connectOnce(broker, each, Protocol.MQTT_3_1_1);
    }
  }

  private static void connectOnce(BrokerAddress broker, Duration timeout, Protocol protocol)
      throws MqttUnreachableException {
    ConnectOptions options =
        new ConnectOptions(
            protocol,
            "motorwatch-probe-" + UUID.randomUUID(),
            true,
            0,
            1,
            Duration.ofSeconds(30),
            timeout,
            0);
    MqttConnection connection = new MqttConnection(broker, options, MqttConnection.Handler.IGNORE);
    try {
      // The connection's own timeouts come first: they know what was waited for.
      connection.open().get(timeout.plus(SLACK).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new MqttUnreachableException(ConnectProblem.of(e, broker), e);
    } catch (TimeoutException e) {
      throw new MqttUnreachableException(ConnectProblem.timeout(broker.toString()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MqttUnreachableException(ConnectProblem.timeout(broker.toString()), e);
    } finally {
      var unused = connection.close();
    }
  }
}
