package io.motorwatch.source.mqtt.reader;

import static org.awaitility.Awaitility.await;

import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.MqttVersion;
import io.motorwatch.source.mqtt.AckMode;
import io.motorwatch.source.mqtt.metrics.MqttSourceMetrics;
import io.motorwatch.source.mqtt.split.MqttSessionSplit;
import io.motorwatch.source.mqtt.split.Subscription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One session as a reader holds it, with a thread that takes its messages. */
final class Fixture implements AutoCloseable {

  static final String CLIENT_ID = "test-0";
  static final String TELEMETRY = "t/1";
  static final String RETAINED = "r/1";

  final RecordedMetrics recorded = new RecordedMetrics();
  final MqttSourceMetrics metrics = new MqttSourceMetrics(recorded.asSourceReaderGroup());
  final MessageHandover handover = new MessageHandover(1000, metrics::qos0Dropped);
  final MqttSessions sessions;
  final List<ReceivedMessage> received = Collections.synchronizedList(new ArrayList<>());
  private volatile @Nullable IOException failure;
  private volatile boolean closed;
  private final Thread taker = new Thread(this::take, "taker");

  private Fixture(SessionOptions options, SessionGate gate) {
    sessions = new MqttSessions(options, handover, metrics, split -> gate);
  }

  static SessionOptions options(BrokerAddress broker, int receiveMaximum) {
    return options(broker, MqttVersion.AUTO, receiveMaximum);
  }

  static SessionOptions options(BrokerAddress broker, MqttVersion version, int receiveMaximum) {
    return new SessionOptions(
        broker,
        version,
        receiveMaximum,
        Duration.ofHours(1),
        Duration.ofSeconds(30),
        new AckOptions(AckMode.CHECKPOINT, null, List.of()),
        new ReconnectPolicy(Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofMinutes(1)),
        2,
        1024);
  }

  /** Starts a session and does not wait for it. */
  static Fixture start(SessionOptions options, boolean established) {
    return start(
        options,
        SessionGate.OPEN,
        MqttSessionSplit.fresh(
                0,
                CLIENT_ID,
                List.of(new Subscription("t/+", false), new Subscription("r/+", true)),
                List.of())
            .held(established, List.of()));
  }

  /** Reads what the session of the others left, and ends it. */
  static Fixture drain(SessionOptions options) {
    return drain(options, SessionGate.OPEN);
  }

  static Fixture drain(SessionOptions options, SessionGate gate) {
    return start(
        options,
        gate,
        MqttSessionSplit.fresh(1, CLIENT_ID, List.of(), List.of())
            .held(true, List.of("t/+", "r/+")));
  }

  private static Fixture start(SessionOptions options, SessionGate gate, MqttSessionSplit split) {
    Fixture fixture = new Fixture(options, gate);
    fixture.taker.setDaemon(true);
    fixture.taker.start();
    fixture.sessions.add(split);
    return fixture;
  }

  /** Starts a session and waits until it is subscribed. */
  static Fixture subscribed(String uri, int receiveMaximum) {
    Fixture fixture = start(options(BrokerAddress.of(uri), receiveMaximum), false);
    fixture.awaitSubscribed();
    return fixture;
  }

  void awaitSubscribed() {
    await().until(() -> recorded.gauge(MqttSourceMetrics.SUBSCRIBED_SESSIONS).equals(1));
  }

  void awaitReconnect(int times) {
    await().until(() -> recorded.count(MqttSourceMetrics.RECONNECTS) >= times);
    awaitSubscribed();
  }

  private void take() {
    while (!closed) {
      try {
        received.addAll(handover.take(100));
      } catch (IOException e) {
        failure = e;
        return;
      }
    }
  }

  /** Waits for that many messages and checks that no more than these have come. */
  List<String> awaitPayloads(int count) {
    await().until(() -> received.size() >= count);
    return payloads();
  }

  List<String> payloads() {
    synchronized (received) {
      return received.stream()
          .map(message -> new String(message.message().payload(), StandardCharsets.UTF_8))
          .toList();
    }
  }

  /** Acknowledges from the first to the last, exclusive; how many were sent. */
  long acknowledge(int from, int to) {
    return List.copyOf(received).subList(from, to).stream()
        .filter(message -> message.ack() != null && message.ack().acknowledge())
        .count();
  }

  boolean failed() {
    return failure != null;
  }

  String awaitFailure() {
    await().until(() -> failure != null);
    return String.valueOf(failure.getMessage());
  }

  static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(String::valueOf).toList();
  }

  @Override
  public void close() {
    sessions.close();
    closed = true;
    handover.wakeUp();
  }
}
