package io.motorwatch.jobs.startup;

import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.ConnectProblem;
import io.motorwatch.mqtt.MqttUnreachableException;
import io.motorwatch.mqtt.MqttVersion;
import io.motorwatch.mqtt.RefusedException;
import io.motorwatch.mqtt.publish.OutgoingMessage;
import io.motorwatch.mqtt.publish.PublishProbe;
import io.motorwatch.source.decode.MessageDecoder;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Finds out whether a broker shares subscriptions ({@code $share/…}): one that does not know them
 * may take the subscription for a topic of that name, to which nothing ever comes. A message of our
 * own is published to a topic of our own, which one client subscribes to plainly and another one
 * shared. Blocks for some seconds.
 */
public final class SharedSubscriptionProbe {

  /** SUBACK's reason code of OASIS MQTT 5.0, 3.9.3. */
  private static final int NOT_SUPPORTED = 0x9E;

  private static final Duration LIMIT = Duration.ofSeconds(5);

  private SharedSubscriptionProbe() {}

  /** What was found. */
  public enum Answer {
    SHARES,
    DOES_NOT_SHARE,
    /** The message did not arrive: access rights may forbid the probe's own topic. */
    UNCERTAIN
  }

  /**
   * Asks.
   *
   * @throws MqttUnreachableException if the broker lets us not in
   */
  public static Answer ask(BrokerAddress broker, MqttVersion version)
      throws MqttUnreachableException, InterruptedException {
    String name = UUID.randomUUID().toString();
    String topic = MessageDecoder.PROBE_TOPICS + name;
    CountDownLatch plain = new CountDownLatch(1);
    CountDownLatch shared = new CountDownLatch(1);
    try (TemporarySubscription one =
            TemporarySubscription.open(broker, version, topic, message -> plain.countDown());
        TemporarySubscription other =
            TemporarySubscription.open(
                broker,
                version,
                "$share/motorwatch-probe-" + name + "/" + topic,
                message -> shared.countDown())) {
      publish(broker, version, new OutgoingMessage(topic, new byte[0], 1, false));
      if (!plain.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        return Answer.UNCERTAIN;
      }
      return shared.await(LIMIT.toSeconds(), TimeUnit.SECONDS)
          ? Answer.SHARES
          : Answer.DOES_NOT_SHARE;
    } catch (MqttUnreachableException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof RefusedException refused
            && refused.what() == RefusedException.What.SUBSCRIPTION) {
          return refused.code() == NOT_SUPPORTED ? Answer.DOES_NOT_SHARE : Answer.UNCERTAIN;
        }
      }
      throw e;
    }
  }

  private static void publish(BrokerAddress broker, MqttVersion version, OutgoingMessage message)
      throws MqttUnreachableException, InterruptedException {
    try {
      PublishProbe.publishOnce(broker, version, message, LIMIT);
    } catch (IOException e) {
      throw new MqttUnreachableException(ConnectProblem.of(e, broker), e);
    }
  }
}
