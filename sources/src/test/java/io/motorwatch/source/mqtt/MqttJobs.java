package io.motorwatch.source.mqtt;

import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import io.motorwatch.local.FreePort;
import io.motorwatch.local.LocalBroker;
import io.motorwatch.local.LocalMosquitto;
import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.source.mqtt.journal.JournalOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.jspecify.annotations.Nullable;

/** A broker, a device, and jobs that read it. */
final class MqttJobs implements AutoCloseable {

  final LocalBroker broker;
  final Publisher publisher;

  /** Whether source and collector are one task. */
  boolean chained = true;

  /** How they acknowledge. */
  AckMode ackMode = AckMode.CHECKPOINT;

  /** What takes the messages; a {@link Collector} unless the test chooses another. */
  MapFunction<MqttMessage, String> consumer = new Collector();

  private final Path folder;
  private final Path events;

  /** With a Mosquitto of its own. */
  MqttJobs(Path folder) throws Exception {
    this(folder, mosquitto(folder), events(folder));
  }

  /**
   * @param events where the broker writes what happens, for {@link #logged}
   */
  MqttJobs(Path folder, LocalBroker broker, Path events) {
    Collector.reset();
    this.folder = folder;
    this.broker = broker;
    this.events = events;
    publisher = new Publisher(broker.port());
  }

  private static Path events(Path folder) {
    return folder.resolve("events.log");
  }

  private static LocalMosquitto mosquitto(Path folder) throws Exception {
    // Unlike its standard output this is written line by line.
    return LocalMosquitto.start(
        folder.resolve("broker"),
        FreePort.find(),
        List.of("allow_anonymous true", "log_dest file " + events(folder), "log_type all"));
  }

  MqttSourceBuilder source(int sessions, int receiveMaximum) {
    return MqttSource.builder()
        .broker(BrokerAddress.of(broker.uri()))
        .clientIdPrefix("it")
        .telemetryFilters(List.of("t/+"))
        .sessions(sessions)
        .receiveMaximum(receiveMaximum)
        .ackMode(ackMode)
        .journal(journal())
        .reconnectBackoff(Duration.ofMillis(50), Duration.ofMillis(500));
  }

  JournalOptions journal() {
    return new JournalOptions(
        journalFolder().toUri().toString(),
        JournalOptions.DEFAULT_FLUSH,
        JournalOptions.DEFAULT_MAX_BYTES);
  }

  Path journalFolder() {
    return folder.resolve("journal");
  }

  JobClient run(
      MqttSourceBuilder source, int parallelism, Duration interval, @Nullable String savepoint)
      throws Exception {
    Configuration config = new Configuration();
    config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, interval);
    config.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.resolve("cp").toUri().toString());
    config.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 1000);
    config.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 10);
    config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
    if (savepoint != null) {
      config.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
    env.setParallelism(parallelism);
    if (!chained) {
      env.disableOperatorChaining();
    }
    env.fromSource(source.build(), WatermarkStrategy.noWatermarks(), "mqtt")
        .uid("mqtt")
        .map(consumer)
        .uid("collector")
        .sinkTo(new DiscardingSink<>())
        .uid("discard");
    return env.executeAsync("mqtt source test");
  }

  /** Stops a job; the savepoint's path. */
  String stop(JobClient job) throws Exception {
    return job.stopWithSavepoint(
            false, folder.resolve("sp").toUri().toString(), SavepointFormatType.CANONICAL)
        .get();
  }

  /** Takes a savepoint of a job that goes on; its path. */
  String savepoint(JobClient job) throws Exception {
    return job.triggerSavepoint(
            folder.resolve("sp").toUri().toString(), SavepointFormatType.CANONICAL)
        .get();
  }

  static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(String::valueOf).toList();
  }

  static void awaitSeen(int from, int to) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> new HashSet<>(Collector.SEEN).containsAll(numbers(from, to)));
  }

  /** Publishes one number again and again until the job sees it: then its sessions stand. */
  void awaitSubscribed() {
    await()
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              publisher.publish("t/probe", -1, 0);
              return Collector.SEEN.contains("-1");
            });
  }

  /** Whether the broker holds a session of that name; leaves none. */
  static boolean sessionPresent(int port, String clientId) {
    Mqtt5BlockingClient client =
        Mqtt5Client.builder()
            .identifier(clientId)
            .serverHost("127.0.0.1")
            .serverPort(port)
            .buildBlocking();
    boolean present = client.connectWith().cleanStart(false).send().isSessionPresent();
    client.disconnect();
    return present;
  }

  /** Lets every checkpoint fail, without a task noticing, until the returned action is run. */
  Runnable failCheckpoints(JobClient job) throws IOException {
    Path checkpoints = folder.resolve("cp").resolve(job.getJobID().toString());
    Path aside = folder.resolve("aside");
    Files.move(checkpoints, aside);
    Files.createFile(checkpoints);
    return () -> {
      try {
        Files.delete(checkpoints);
        Files.move(aside, checkpoints);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  /** How many lines of the broker's log have this in them. */
  long logged(String part) throws IOException {
    try (Stream<String> lines = Files.lines(events)) {
      return lines.filter(line -> line.contains(part)).count();
    }
  }

  @Override
  public void close() {
    broker.close();
  }
}
