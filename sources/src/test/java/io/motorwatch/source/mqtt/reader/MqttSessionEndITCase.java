package io.motorwatch.source.mqtt.reader;

import static io.motorwatch.source.mqtt.reader.Fixture.TELEMETRY;
import static io.motorwatch.source.mqtt.reader.Fixture.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.motorwatch.local.LocalMosquitto;
import io.motorwatch.local.TcpProxy;
import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.ConnectProblem;
import io.motorwatch.source.mqtt.Publisher;
import io.motorwatch.source.mqtt.metrics.MqttSourceMetrics;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How connections and sessions end: taken over, given up, drained. */
@Timeout(60)
class MqttSessionEndITCase {

  @TempDir Path folder;

  private LocalMosquitto broker;
  private Publisher publisher;

  @BeforeEach
  void startBroker() throws Exception {
    broker = LocalMosquitto.start(folder);
    publisher = new Publisher(broker.port());
  }

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  @Test
  void returnsAfterOneTakeover() {
    try (Fixture session = Fixture.subscribed(broker.uri(), 10)) {
      // Another client that never comes back: the forerunner of a restarted task.
      new OtherClient(broker.port(), Fixture.CLIENT_ID).connectOnce();
      session.awaitReconnect(1);
      // Mosquitto 2.0 does not report it, later brokers do.
      assertThat(
              session.recorded.problems(ConnectProblem.Kind.SESSION_TAKEN_OVER)
                  + session.recorded.problems(ConnectProblem.Kind.CONNECTION_LOST))
          .isEqualTo(1);
    }
  }

  @Test
  void failsOnceItsClientIdIsEvidentlyInUseElsewhere() {
    try (Fixture one = Fixture.subscribed(broker.uri(), 10);
        Fixture other = Fixture.start(Fixture.options(BrokerAddress.of(broker.uri()), 10), false)) {
      await().until(() -> one.failed() || other.failed());
      assertThat((one.failed() ? one : other).awaitFailure())
          .contains("client id test-0 is in use elsewhere");
    }
  }

  @Test
  void givesUpAfterTheTimeSet() throws Exception {
    SessionOptions usual = Fixture.options(BrokerAddress.of(broker.uri()), 10);
    SessionOptions brief =
        new SessionOptions(
            usual.broker(),
            usual.version(),
            usual.receiveMaximum(),
            usual.sessionExpiry(),
            usual.keepAlive(),
            usual.acks(),
            new ReconnectPolicy(
                Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofMillis(300)),
            usual.maxQos(),
            usual.maxPayloadBytes());
    try (Fixture session = Fixture.start(brief, false)) {
      session.awaitSubscribed();
      broker.stop();
      assertThat(session.awaitFailure())
          .contains("giving up")
          .contains("nothing listens at tcp://127.0.0.1:" + broker.port());
      assertThat(session.recorded.gauge(MqttSourceMetrics.CONNECTED)).isEqualTo(0);
    }
  }

  @Test
  void endsNoSessionAsDrainedWhileTheBrokerIsOnlySlow() throws Exception {
    try (Fixture session = Fixture.subscribed(broker.uri(), 10)) {
      publisher.publish(TELEMETRY, 0, 1);
      session.awaitPayloads(1);
    }
    publisher.publish(TELEMETRY, 1, 50);
    try (TcpProxy proxy = TcpProxy.to(broker.port());
        Fixture drain = Fixture.drain(Fixture.options(BrokerAddress.of(proxy.uri()), 10))) {
      int first = drain.awaitPayloads(10).size();
      proxy.hold();
      drain.acknowledge(0, first);
      // Silent for longer than a session has to be.
      await()
          .during(Duration.ofSeconds(4))
          .until(() -> drain.recorded.gauge(MqttSourceMetrics.DRAINING_SESSIONS).equals(1));
      proxy.release();
      drain.awaitPayloads(first + 1);
      for (int done = first; done < 50; ) {
        int arrived = drain.awaitPayloads(done + 1).size();
        drain.acknowledge(done, arrived);
        done = arrived;
      }
      await().until(() -> drain.received.get(drain.received.size() - 1).isEnd());
      assertThat(drain.payloads().subList(0, 50)).isEqualTo(numbers(0, 50));
    }
  }

  /** The broker has nothing more, but the journal has. */
  @Test
  void endsNoSessionAsDrainedWhileItsJournalIsBeingRead() {
    HeldGate gate = new HeldGate();
    try (Fixture session = Fixture.subscribed(broker.uri(), 10)) {
      publisher.publish(TELEMETRY, 0, 1);
      session.awaitPayloads(1);
      session.acknowledge(0, 1);
    }
    try (Fixture drain = Fixture.drain(Fixture.options(BrokerAddress.of(broker.uri()), 10), gate)) {
      await().until(() -> drain.recorded.gauge(MqttSourceMetrics.CONNECTED).equals(1));
      // The broker is silent for longer than a session has to be.
      await()
          .during(Duration.ofSeconds(5))
          .until(() -> drain.recorded.gauge(MqttSourceMetrics.DRAINING_SESSIONS).equals(1));
      gate.release();
      await().until(() -> drain.recorded.gauge(MqttSourceMetrics.DRAINING_SESSIONS).equals(0));
    }
  }
}
