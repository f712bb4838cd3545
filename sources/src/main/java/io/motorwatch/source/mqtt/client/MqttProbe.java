package io.motorwatch.source.mqtt.client;

import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import io.motorwatch.model.connection.BrokerAddress;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Finds out, before a job starts, whether a broker lets us in. */
public final class MqttProbe {

  private MqttProbe() {}

  /**
   * Connects once, as a client of a random id that leaves no session behind, and disconnects.
   * Blocks for at most about the timeout.
   *
   * @throws MqttUnreachableException with one line that names the address and what to check
   */
  public static void connectOnce(BrokerAddress broker, Duration timeout)
      throws MqttUnreachableException {
    try {
      String id = "motorwatch-probe-" + UUID.randomUUID();
      Mqtt5AsyncClient client = MqttClients.create(broker, id, timeout, context -> {});
      client.connect().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      client.disconnect().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | IOException | GeneralSecurityException e) {
      throw new MqttUnreachableException(ConnectProblem.of(e, broker), e);
    } catch (TimeoutException e) {
      throw new MqttUnreachableException(ConnectProblem.timeout(broker.toString()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MqttUnreachableException(ConnectProblem.timeout(broker.toString()), e);
    }
  }
}
