package io.motorwatch.source.mqtt;

import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.FormatMethod;
import io.motorwatch.local.FreePort;
import io.motorwatch.local.LocalBroker;
import io.motorwatch.local.LocalMosquitto;
import io.motorwatch.local.hivemq.LocalHiveMq;
import io.motorwatch.mqtt.MqttVersion;
import io.motorwatch.source.mqtt.client.HeldMessages;
import io.motorwatch.source.mqtt.client.Protocol;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Measures for the table of brokers in docs/mqtt-source.md; no test, since it asserts nothing and
 * takes minutes. {@code -Dtest=BrokerRates} runs it; results are on standard output. To measure
 * another mode of acknowledgement, pass it: {@code -Dbrokers.mode=ON_RECEIVE}.
 */
class BrokerRates {

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static final AckMode MODE =
      AckMode.valueOf(System.getProperty("brokers.mode", AckMode.CHECKPOINT.name()));

  /** Whole checkpoints, so that a rate does not depend on where the last one falls. */
  private static final int CHECKPOINTS = 3;

  @TempDir Path folder;

  /** Mosquitto with its default window for MQTT 3.1.1, with the largest, and with none. */
  enum Make {
    MOSQUITTO_20 {
      @Override
      LocalBroker start(Path folder) throws Exception {
        return mosquitto(folder, 20);
      }
    },
    MOSQUITTO_32 {
      @Override
      LocalBroker start(Path folder) throws Exception {
        return mosquitto(folder, 32);
      }
    },
    MOSQUITTO_65535 {
      @Override
      LocalBroker start(Path folder) throws Exception {
        return mosquitto(folder, 65_535);
      }
    },
    MOSQUITTO_UNLIMITED {
      @Override
      LocalBroker start(Path folder) throws Exception {
        return mosquitto(folder, 0);
      }
    },
    HIVEMQ {
      @Override
      LocalBroker start(Path folder) throws Exception {
        return LocalHiveMq.start(folder);
      }
    };

    abstract LocalBroker start(Path folder) throws Exception;

    private static LocalMosquitto mosquitto(Path folder, int maxInflight) throws Exception {
      return LocalMosquitto.start(
          folder,
          FreePort.find(),
          List.of("allow_anonymous true", "max_inflight_messages " + maxInflight));
    }
  }

  /** Counts, and looks for the longest silence, for the one job that runs in this JVM. */
  private static final class Counter implements MapFunction<MqttMessage, String> {
    private static final long serialVersionUID = 1L;
    static final AtomicLong COUNT = new AtomicLong();
    static final AtomicLong SILENCE_NANOS = new AtomicLong();
    private long last;

    @Override
    public String map(MqttMessage message) {
      long now = System.nanoTime();
      SILENCE_NANOS.accumulateAndGet(last == 0 ? 0 : now - last, Math::max);
      last = now;
      COUNT.incrementAndGet();
      return "";
    }
  }

  @FormatMethod
  private static void print(String line, Object... values) {
    System.out.println("RESULT " + line.formatted(values));
  }

  @ParameterizedTest
  @EnumSource(Make.class)
  void window(Make make) throws Exception {
    try (LocalBroker broker = make.start(folder)) {
      for (Protocol protocol : Protocol.values()) {
        String topic = "w/" + protocol.name();
        try (HeldMessages client =
                HeldMessages.subscribe(broker.uri(), protocol, protocol.name(), topic);
            Publisher publisher = new Publisher(broker.port())) {
          publisher.publish(topic, 0, 150_000);
          int window = client.awaitQuiet(0);
          client.acknowledgeAll();
          print(
              "%s %s window %d, after its acknowledgement %d more",
              make, protocol, window, client.awaitQuiet(0) - window);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HIVEMQ, V5, 2, 1000",
    "HIVEMQ, V5, 10, 1000",
    "MOSQUITTO_UNLIMITED, V5, 2, 40000",
    "MOSQUITTO_UNLIMITED, V5, 10, 40000",
    "MOSQUITTO_65535, V3, 2, 40000",
    "MOSQUITTO_65535, V3, 10, 40000",
    "MOSQUITTO_20, V3, 2, 1000",
    "MOSQUITTO_20, V3, 10, 1000",
  })
  void rate(Make make, MqttVersion version, int intervalSeconds, int published) throws Exception {
    measure(MODE, make, version, intervalSeconds, published);
  }

  /** More is published than these could carry by checkpoints, with the windows that plants have. */
  @ParameterizedTest
  @CsvSource({
    "HIVEMQ, V5, 10, 15000",
    "MOSQUITTO_32, V3, 10, 15000",
    "MOSQUITTO_20, V3, 10, 15000",
    "MOSQUITTO_UNLIMITED, V5, 10, 40000",
  })
  void journalRate(Make make, MqttVersion version, int intervalSeconds, int published)
      throws Exception {
    measure(AckMode.JOURNAL, make, version, intervalSeconds, published);
  }

  private void measure(
      AckMode mode, Make make, MqttVersion version, int intervalSeconds, int published)
      throws Exception {
    Duration interval = Duration.ofSeconds(intervalSeconds);
    try (LocalBroker broker = make.start(folder.resolve("broker"))) {
      MqttJobs jobs = new MqttJobs(folder, broker, folder.resolve("events.log"));
      jobs.consumer = new Counter();
      Counter.COUNT.set(0);
      MqttSourceBuilder source = jobs.source(1, 65_534).mqttVersion(version).ackMode(mode);
      JobClient job = jobs.run(source, 1, interval, null);
      await()
          .until(
              () -> {
                jobs.publisher.publish("t/1", 0, 1);
                return Counter.COUNT.get() > 0;
              });
      double rate;
      try (SteadyLoad load = SteadyLoad.start(broker.port(), "t/1", published)) {
        pass(interval.multipliedBy(2));
        Counter.SILENCE_NANOS.set(0);
        long before = Counter.COUNT.get();
        long start = System.nanoTime();
        pass(interval.multipliedBy(CHECKPOINTS));
        rate = (Counter.COUNT.get() - before) * 1e9 / (System.nanoTime() - start);
      }
      print(
          "%s %s %s, checkpoint every %d s: %.0f msg/s of %d published, longest silence %.1f s",
          make, version, mode, intervalSeconds, rate, published, Counter.SILENCE_NANOS.get() / 1e9);
      job.cancel().get();
      await().until(() -> job.getJobStatus().get().isGloballyTerminalState());
    }
  }

  private static void pass(Duration time) {
    await().pollDelay(time).atMost(time.plusSeconds(10)).until(() -> true);
  }
}
