package io.motorwatch.source.mqtt.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.motorwatch.model.connection.Credentials;
import io.motorwatch.model.connection.Secret;
import io.motorwatch.model.connection.TlsFiles;
import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.source.mqtt.split.MqttSessionSplit;
import io.motorwatch.source.mqtt.split.Subscription;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SilentSubscriptionMonitorTest {

  private static final BrokerAddress BROKER = BrokerAddress.of("tcp://b:1883");

  private final SessionScheduler scheduler =
      new SessionScheduler(new MessageHandover(10, () -> {}));
  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final SilentSubscriptionMonitor watch =
      new SilentSubscriptionMonitor(scheduler, Duration.ofMillis(20), warnings::add);

  @AfterEach
  void close() {
    scheduler.close();
  }

  private static MqttSessionSplit split(String filter) {
    return MqttSessionSplit.fresh(
        0, "motorwatch-0", List.of(new Subscription(filter, true)), List.of());
  }

  @Test
  void warnsOnceOfASubscriptionThatBringsNothing() {
    AtomicInteger looks = new AtomicInteger();
    for (int times = 0; times < 3; times++) {
      watch.subscribed(BROKER, split("site/+/device/+/+"), () -> looks.incrementAndGet() > 0);
    }
    AtomicBoolean after = new AtomicBoolean();
    scheduler.later(60, () -> after.set(true));
    await().untilTrue(after);
    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith("Nothing received by client motorwatch-0")
        .endsWith("To look: mosquitto_sub -h b -p 1883 -v -t 'site/+/device/+/+'");
  }

  @Test
  void keepsQuietWhereSomethingCame() {
    AtomicBoolean looked = new AtomicBoolean();
    watch.subscribed(
        BROKER,
        split("a/+/+"),
        () -> {
          looked.set(true);
          return false;
        });
    await().untilTrue(looked);
    assertThat(warnings).isEmpty();
  }

  @Test
  void namesWhatIsNeededToLookButNoPassword() {
    BrokerAddress broker =
        new BrokerAddress(
            URI.create("ssl://b"),
            new Credentials("reader", Secret.of("hidden")),
            new TlsFiles("/ca.pem", null, null, true));
    assertThat(
            SilentSubscriptionMonitor.warning(
                broker, split("$share/motorwatch/a/+/+"), SilentSubscriptionMonitor.WAIT))
        .contains("within 60 s", "shared with other sessions")
        .endsWith(
            "mosquitto_sub -h b -p 8883 -u 'reader' -P PASSWORD --cafile /ca.pem -v -t 'a/+/+'")
        .doesNotContain("hidden");
  }
}
