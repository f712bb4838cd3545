package io.motorwatch.benchmarks;

import io.motorwatch.local.LocalMosquitto;
import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.publish.OutgoingMessage;
import io.motorwatch.source.mqtt.AckMode;
import io.motorwatch.source.mqtt.MqttMessage;
import io.motorwatch.source.mqtt.MqttSource;
import io.motorwatch.source.mqtt.client.ConnectOptions;
import io.motorwatch.source.mqtt.client.IncomingPublish;
import io.motorwatch.source.mqtt.client.MqttConnection;
import io.motorwatch.source.mqtt.client.Protocol;
import io.motorwatch.source.mqtt.client.TopicSubscription;
import io.motorwatch.source.mqtt.journal.JournalOptions;
import io.motorwatch.tools.publish.OrderedPublisher;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FilterFunction;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * One session at QoS 1 with 120-byte payloads: a publisher that sends as fast as it can, a private
 * Mosquitto, and behind it either a bare subscriber that acknowledges at once (what the broker can
 * do) or the source in a Flink job with a checkpoint a second, acknowledging on checkpoint and by
 * its journal. All on this machine at the same time.
 */
@Command
final class MqttSourceBenchmark implements Benchmark {

  private static final int PAYLOAD_BYTES = 120;
  private static final int RECEIVE_MAXIMUM = 65_534;
  private static final int UNCONFIRMED = 5_000;
  private static final String TOPIC = "bench/telemetry";
  private static final LongAdder RECEIVED = new LongAdder();

  @Mixin final SharedOptions.WarmUp warmUp = new SharedOptions.WarmUp();

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      defaultValue = "15",
      description = "Of each measurement; default ${DEFAULT-VALUE}.")
  long seconds;

  @Override
  public void run(PrintStream out) throws Exception {
    double ceiling = measure((broker, folder) -> bareSubscriber(broker));
    out.println(new Result("mqtt-source", "broker-only").with("msgPerSecond", Math.round(ceiling)));
    for (AckMode mode : List.of(AckMode.CHECKPOINT, AckMode.JOURNAL)) {
      double source = measure((broker, folder) -> flinkJob(broker, folder, mode));
      String variant = mode == AckMode.CHECKPOINT ? "source" : "source-journal";
      out.println(
          new Result("mqtt-source", variant)
              .with("msgPerSecond", Math.round(source))
              .with("ratioToBroker", source / ceiling));
    }
  }

  /** Starts a receiver that counts in {@link #RECEIVED}. */
  @FunctionalInterface
  private interface Receiver {
    AutoCloseable start(BrokerAddress broker, Path folder) throws Exception;
  }

  private double measure(Receiver receiver) throws Exception {
    try (TemporaryFolder folder = TemporaryFolder.create();
        LocalMosquitto mosquitto = LocalMosquitto.start(folder.path())) {
      BrokerAddress broker = BrokerAddress.of(mosquitto.uri());
      try (AutoCloseable receiving = receiver.start(broker, folder.path());
          Flood flood = new Flood(broker)) {
        flood.start();
        TimeUnit.SECONDS.sleep(warmUp.seconds);
        long before = RECEIVED.sum();
        long from = System.nanoTime();
        TimeUnit.SECONDS.sleep(seconds);
        return (RECEIVED.sum() - before) * 1e9 / (System.nanoTime() - from);
      }
    }
  }

  private static AutoCloseable bareSubscriber(BrokerAddress broker) throws Exception {
    MqttConnection connection =
        new MqttConnection(
            broker,
            new ConnectOptions(
                Protocol.MQTT_5,
                "bare",
                true,
                0,
                RECEIVE_MAXIMUM,
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                PAYLOAD_BYTES),
            new MqttConnection.Handler() {
              @Override
              public void received(MqttConnection from, IncomingPublish message) {
                RECEIVED.increment();
                from.acknowledge(message.packetId());
              }

              @Override
              public void ended(MqttConnection from, Throwable cause) {
                // At the end of the measurement.
              }
            });
    connection.open().get(10, TimeUnit.SECONDS);
    connection
        .subscribe(List.of(new TopicSubscription(TOPIC, 1, TopicSubscription.Retained.DO_NOT_SEND)))
        .get(10, TimeUnit.SECONDS);
    return () -> connection.close().get(10, TimeUnit.SECONDS);
  }

  private static AutoCloseable flinkJob(BrokerAddress broker, Path folder, AckMode mode)
      throws Exception {
    Configuration settings = new Configuration();
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, settings);
    MqttSource source =
        MqttSource.builder()
            .broker(broker)
            .clientIdPrefix("bench")
            .telemetryFilters(List.of(TOPIC))
            .receiveMaximum(RECEIVE_MAXIMUM)
            .ackMode(mode)
            .journal(
                new JournalOptions(
                    folder.resolve("journal").toUri().toString(),
                    JournalOptions.DEFAULT_FLUSH,
                    JournalOptions.DEFAULT_MAX_BYTES))
            .build();
    env.fromSource(source, WatermarkStrategy.noWatermarks(), "MQTT")
        .filter(new Count())
        .sinkTo(new DiscardingSink<>());
    JobClient job = env.executeAsync("mqtt-source");
    return () -> job.cancel().get(10, TimeUnit.SECONDS);
  }

  /** Counts, and lets nothing through. */
  private static final class Count implements FilterFunction<MqttMessage> {

    private static final long serialVersionUID = 1L;

    @Override
    public boolean filter(MqttMessage message) {
      RECEIVED.increment();
      return false;
    }
  }

  /** A publisher that never rests. */
  private static final class Flood implements AutoCloseable {

    private final OrderedPublisher<OutgoingMessage> publisher;
    private final OutgoingMessage message;
    private final Thread thread = new Thread(this::publish, "flood");

    Flood(BrokerAddress broker) {
      byte[] payload = new byte[PAYLOAD_BYTES];
      Arrays.fill(payload, (byte) 'x');
      this.message = new OutgoingMessage(TOPIC, payload, 1, false);
      this.publisher =
          new OrderedPublisher<>(broker, "flood", UNCONFIRMED, value -> value, (value, at) -> {});
    }

    void start() {
      thread.start();
    }

    private void publish() {
      try {
        while (publisher.send(message)) {
          // Waits by itself for room.
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() throws InterruptedException {
      publisher.stop();
      thread.join();
      publisher.close();
    }
  }
}
