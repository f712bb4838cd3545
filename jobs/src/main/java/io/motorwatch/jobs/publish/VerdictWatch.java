package io.motorwatch.jobs.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.motorwatch.jobs.topology.PatternVerdict;
import io.motorwatch.model.connection.BrokerAddress;
import io.motorwatch.patterns.yaml.Position;
import io.motorwatch.patterns.yaml.Problem;
import io.motorwatch.source.decode.MessageDecoder;
import io.motorwatch.source.mqtt.client.ConnectOptions;
import io.motorwatch.source.mqtt.client.ConnectProblem;
import io.motorwatch.source.mqtt.client.IncomingPublish;
import io.motorwatch.source.mqtt.client.MqttConnection;
import io.motorwatch.source.mqtt.client.MqttUnreachableException;
import io.motorwatch.source.mqtt.client.Protocol;
import io.motorwatch.source.mqtt.client.TopicSubscription;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for a job's verdict on the pattern file that is about to be published. */
public final class VerdictWatch implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

  private final CompletableFuture<PatternVerdict> verdict = new CompletableFuture<>();
  private final String checksum;
  private final MqttConnection connection;

  private VerdictWatch(BrokerAddress broker, Protocol protocol, String checksum) {
    this.checksum = checksum;
    this.connection =
        new MqttConnection(
            broker,
            new ConnectOptions(
                protocol,
                "motorwatch-verdict-" + UUID.randomUUID(),
                true,
                0,
                100,
                Duration.ofSeconds(30),
                CONNECT_LIMIT,
                MessageDecoder.DEFAULT_MAX_PAYLOAD_BYTES),
            new MqttConnection.Handler() {
              @Override
              public void received(MqttConnection from, IncomingPublish message) {
                VerdictWatch.this.received(from, message);
              }

              @Override
              public void ended(MqttConnection which, Throwable cause) {
                verdict.completeExceptionally(cause);
              }
            });
  }

  /**
   * Subscribes; to be called before the file is published. By MQTT 5, else 3.1.1.
   *
   * @param document the file
   * @throws MqttUnreachableException with one line that names the address and what to check
   */
  public static VerdictWatch open(BrokerAddress broker, String document)
      throws MqttUnreachableException, InterruptedException {
    String checksum = PatternVerdict.checksum(document);
    try {
      return open(new VerdictWatch(broker, Protocol.MQTT_5, checksum), broker);
    } catch (MqttUnreachableException e) {
      boolean maybeOld =
          e.kind() == ConnectProblem.Kind.UNSUPPORTED_VERSION
              || e.kind() == ConnectProblem.Kind.NO_CONNACK;
      if (!maybeOld) {
        throw e;
      }
      return open(new VerdictWatch(broker, Protocol.MQTT_3_1_1, checksum), broker);
    }
  }

  private static VerdictWatch open(VerdictWatch watch, BrokerAddress broker)
      throws MqttUnreachableException, InterruptedException {
    try {
      watch
          .connection
          .open()
          .thenCompose(
              resumed ->
                  watch.connection.subscribe(
                      List.of(
                          new TopicSubscription(
                              MessageDecoder.PATTERNS_STATUS_TOPIC,
                              1,
                              TopicSubscription.Retained.DO_NOT_SEND))))
          .get(2 * CONNECT_LIMIT.toSeconds(), TimeUnit.SECONDS);
      return watch;
    } catch (ExecutionException | TimeoutException e) {
      watch.close();
      throw new MqttUnreachableException(ConnectProblem.of(e, broker), e);
    }
  }

  private void received(MqttConnection from, IncomingPublish message) {
    if (message.qos() > 0) {
      from.acknowledge(message.packetId());
    }
    if (message.retained()) {
      return; // By MQTT 3.1.1 the verdict on the file before comes too.
    }
    try {
      JsonNode json = JSON.readTree(message.payload());
      if (json.path("checksum").asText().equals(checksum)) {
        verdict.complete(read(json));
      }
    } catch (IOException e) {
      // Whoever else publishes there: not a verdict.
      return;
    }
  }

  private static PatternVerdict read(JsonNode json) {
    List<Problem> faults = new ArrayList<>();
    for (JsonNode fault : json.path("faults")) {
      faults.add(
          new Problem(
              new Position(fault.path("line").asInt(), fault.path("column").asInt()),
              fault.path("message").asText()));
    }
    return new PatternVerdict(
        json.has("version") ? OptionalLong.of(json.path("version").asLong()) : OptionalLong.empty(),
        json.path("state").asText().equals("in-force"),
        faults,
        json.path("at").asLong(),
        json.path("checksum").asText());
  }

  /**
   * The first job's verdict.
   *
   * @return empty if none came in time
   */
  public Optional<PatternVerdict> await(Duration limit) throws InterruptedException {
    try {
      return Optional.of(verdict.get(limit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException | ExecutionException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    var unused = connection.close();
  }
}
