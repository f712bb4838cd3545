package io.motorwatch.benchmarks.deployed;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.motorwatch.benchmarks.Latencies;
import io.motorwatch.benchmarks.ReadingKey;
import io.motorwatch.mqtt.BrokerAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Subscribes to the alerts as anybody could, and takes the time from the publishing of the reading
 * that completes an alarm to the alert's arrival. An alert that comes again, as after a failure it
 * may, counts once. Thread-safe.
 */
final class AlertClock implements AutoCloseable {

  private static final Pattern RAISED_STALL =
      Pattern.compile(
          "\"state\":\"RAISED\",\"pattern\":\"stall\".*\"site\":\"([^\"]+)\",\"device\":\"([^\"]+)\""
              + ".*\"at\":(\\d+)");

  private final Mqtt5AsyncClient client;
  private final Map<ReadingKey, Long> awaited = new ConcurrentHashMap<>();
  private final Queue<ReadingKey> unexpected = new ConcurrentLinkedQueue<>();
  private final Set<ReadingKey> answered = ConcurrentHashMap.newKeySet();
  private volatile Queue<Heard> heard = new ConcurrentLinkedQueue<>();
  private volatile long lastAt = System.nanoTime();

  /** An alert's two times, as of System.nanoTime. */
  private record Heard(long published, long arrived) {}

  AlertClock(BrokerAddress broker) {
    client =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier("alert-clock")
            .serverHost(broker.host())
            .serverPort(broker.port())
            .buildAsync();
    client.connect().join();
    client
        .subscribeWith()
        .topicFilter("site/+/device/+/alert")
        .qos(MqttQos.AT_LEAST_ONCE)
        .callback(this::hear)
        .send()
        .join();
  }

  /** A reading that completes an alarm leaves. Sent once more, it counts from the first time. */
  void published(ReadingKey moment, long nanoTime) {
    awaited.putIfAbsent(moment, nanoTime);
  }

  private void hear(Mqtt5Publish alert) {
    long now = System.nanoTime();
    Matcher raised =
        RAISED_STALL.matcher(new String(alert.getPayloadAsBytes(), StandardCharsets.UTF_8));
    if (raised.find()) {
      ReadingKey moment =
          new ReadingKey(raised.group(1), raised.group(2), Long.parseLong(raised.group(3)));
      Long from = awaited.remove(moment);
      if (from != null) {
        answered.add(moment);
        heard.add(new Heard(from, now));
        lastAt = now;
      } else if (!answered.contains(moment)) {
        unexpected.add(moment);
      }
    }
  }

  /** How many alerts are still to come. */
  int outstanding() {
    return awaited.size();
  }

  /** System.nanoTime of the newest alert that was awaited. */
  long lastAt() {
    return lastAt;
  }

  /** When the first alert came whose reading was published after a moment, System.nanoTime. */
  OptionalLong firstPublishedAfter(long nanoTime) {
    return heard.stream()
        .filter(each -> each.published - nanoTime > 0)
        .mapToLong(Heard::arrived)
        .min();
  }

  /**
   * What was measured since the last call.
   *
   * @throws IllegalStateException if there was an alert that no reading asked for
   */
  Latencies take() {
    if (!unexpected.isEmpty()) {
      throw new IllegalStateException("an alert that nothing completed: " + unexpected.peek());
    }
    Queue<Heard> taken = heard;
    heard = new ConcurrentLinkedQueue<>();
    return Latencies.ofNanos(
        taken.stream().mapToLong(each -> each.arrived - each.published).toArray());
  }

  @Override
  public void close() {
    client.disconnect().join();
  }
}
