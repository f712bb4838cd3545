package io.motorwatch.jobs.publish;

import io.motorwatch.model.connection.BrokerAddress;
import io.motorwatch.model.connection.MqttVersion;
import io.motorwatch.source.mqtt.client.ConnectProblem;
import io.motorwatch.source.mqtt.client.MqttProbe;
import io.motorwatch.source.mqtt.client.MqttUnreachableException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for a broker before anything is published there: by MQTT 5, as the publishers speak. */
public final class BrokerWait {

  private static final Duration PROBE_LIMIT = Duration.ofSeconds(10);
  private static final long PAUSE_MS = 500;

  private BrokerWait() {}

  /**
   * Returns once the broker lets us in; tries again until the limit where that may help.
   *
   * @throws MqttUnreachableException with one line that names the address and what to check
   */
  public static void until(BrokerAddress broker, Duration limit)
      throws MqttUnreachableException, InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      try {
        // A connect that takes long must not stretch a short limit.
        long probe = Math.max(1_000, Math.min(left, PROBE_LIMIT.toMillis()));
        MqttProbe.connectOnce(broker, Duration.ofMillis(probe), MqttVersion.V5);
        return;
      } catch (MqttUnreachableException e) {
        left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0 || !e.worthRetrying()) {
          throw e.kind() == ConnectProblem.Kind.UNSUPPORTED_VERSION ? needsVersion5(broker, e) : e;
        }
        TimeUnit.MILLISECONDS.sleep(Math.min(PAUSE_MS, left));
      }
    }
  }

  /** The probe's own advice, to allow the other version, is for those who have the choice. */
  private static MqttUnreachableException needsVersion5(
      BrokerAddress broker, MqttUnreachableException cause) {
    return new MqttUnreachableException(
        new ConnectProblem(
            cause.kind(),
            broker
                + " does not speak MQTT 5, and we publish by nothing else: take a broker that"
                + " does (Mosquitto from 1.6 on, say)"),
        cause);
  }
}
