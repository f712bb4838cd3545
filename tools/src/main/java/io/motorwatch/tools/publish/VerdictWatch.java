package io.motorwatch.tools.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.motorwatch.jobs.startup.TemporarySubscription;
import io.motorwatch.jobs.topology.PatternVerdict;
import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.MqttUnreachableException;
import io.motorwatch.mqtt.MqttVersion;
import io.motorwatch.patterns.yaml.Position;
import io.motorwatch.patterns.yaml.Problem;
import io.motorwatch.source.decode.MessageDecoder;
import io.motorwatch.source.mqtt.client.IncomingPublish;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for a job's verdict on the pattern file that is about to be published. */
public final class VerdictWatch implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final CompletableFuture<PatternVerdict> verdict = new CompletableFuture<>();
  private final TemporarySubscription watch;

  private VerdictWatch(BrokerAddress broker, String checksum)
      throws MqttUnreachableException, InterruptedException {
    this.watch =
        TemporarySubscription.open(
            broker,
            MqttVersion.AUTO,
            MessageDecoder.PATTERNS_STATUS_TOPIC,
            message -> received(message, checksum, verdict));
  }

  /**
   * Subscribes; to be called before the file is published.
   *
   * @param document the file
   * @throws MqttUnreachableException with one line that names the address and what to check
   */
  public static VerdictWatch open(BrokerAddress broker, String document)
      throws MqttUnreachableException, InterruptedException {
    return new VerdictWatch(broker, PatternVerdict.checksum(document));
  }

  private static void received(
      IncomingPublish message, String checksum, CompletableFuture<PatternVerdict> verdict) {
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
    watch.close();
  }
}
