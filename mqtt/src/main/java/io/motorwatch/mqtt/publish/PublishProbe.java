package io.motorwatch.mqtt.publish;

import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.MqttVersion;
import io.motorwatch.mqtt.VersionChoice;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Finds out, before anything depends on it, whether a broker lets us publish: by the very client
 * that will, since another one that gets in proves nothing about this one's TLS.
 */
public final class PublishProbe {

  private PublishProbe() {}

  /**
   * Connects once as a client of a random id, by MQTT 5 or else 3.1.1 where the version is left
   * open, and disconnects. Blocks for the limit at most.
   *
   * @throws IOException with the client's reason as its cause
   */
  public static void connectOnce(BrokerAddress broker, MqttVersion version, Duration limit)
      throws IOException, InterruptedException {
    attempt(broker, version, limit, connection -> CompletableFuture.completedFuture(null));
  }

  /**
   * The same, and publishes a message before it disconnects. That the broker refuses the message,
   * or ends the connection over it, is no error: whoever subscribes to it finds out.
   *
   * @throws IOException with the client's reason as its cause, if the broker does not let us in
   */
  public static void publishOnce(
      BrokerAddress broker, MqttVersion version, OutgoingMessage message, Duration limit)
      throws IOException, InterruptedException {
    attempt(
        broker,
        version,
        limit,
        connection -> {
          CompletableFuture<Void> answered = new CompletableFuture<>();
          connection.publish(message, error -> answered.complete(null));
          return answered;
        });
  }

  private static void attempt(
      BrokerAddress broker,
      MqttVersion version,
      Duration limit,
      Function<PublishingConnection, CompletableFuture<Void>> once)
      throws IOException, InterruptedException {
    VersionChoice versions = new VersionChoice(version);
    // Where both versions may have to be tried, each has half of the time.
    Duration each = version == MqttVersion.AUTO ? limit.dividedBy(2) : limit;
    boolean again = true;
    while (again) {
      try {
        connected(broker, versions.version(), each, once);
        return;
      } catch (IOException e) {
        again = e.getCause() != null && versions.failed(ConnectFailure.of(e.getCause()));
        if (!again) {
          throw e;
        }
      }
    }
  }

  private static void connected(
      BrokerAddress broker,
      MqttVersion version,
      Duration limit,
      Function<PublishingConnection, CompletableFuture<Void>> once)
      throws IOException, InterruptedException {
    CompletableFuture<Void> answer = new CompletableFuture<>();
    PublishingConnection connection =
        PublishingConnection.of(broker, version, "motorwatch-probe-" + UUID.randomUUID(), () -> {});
    try {
      connection.connect(
          error -> {
            if (error == null) {
              answer.complete(null);
            } else {
              answer.completeExceptionally(error);
            }
          });
      answer
          .thenCompose(connected -> once.apply(connection))
          .get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + limit.toSeconds() + " s", e);
    } finally {
      connection.abandon();
    }
  }
}
