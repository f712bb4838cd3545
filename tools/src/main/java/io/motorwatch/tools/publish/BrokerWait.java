package io.motorwatch.tools.publish;

import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.ConnectProblem;
import io.motorwatch.mqtt.MqttUnreachableException;
import io.motorwatch.mqtt.MqttVersion;
import io.motorwatch.mqtt.publish.PublishProbe;
import io.motorwatch.source.mqtt.client.MqttProbe;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for a broker before anything is published there. */
public final class BrokerWait {

  private static final Duration PROBE_LIMIT = Duration.ofSeconds(10);
  private static final long PAUSE_MS = 500;

  private BrokerWait() {}

  /** The client that publishes is another one than that with the better words. */
  private static void publisher(BrokerAddress broker, Duration limit)
      throws MqttUnreachableException, InterruptedException {
    try {
      PublishProbe.connectOnce(broker, MqttVersion.AUTO, limit);
    } catch (IOException e) {
      throw new MqttUnreachableException(ConnectProblem.of(e, broker), e);
    }
  }

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
        MqttProbe.connectOnce(broker, Duration.ofMillis(probe), MqttVersion.AUTO);
        publisher(broker, Duration.ofMillis(probe));
        return;
      } catch (MqttUnreachableException e) {
        left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0 || !e.worthRetrying()) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(Math.min(PAUSE_MS, left));
      }
    }
  }
}
