package io.motorwatch.source.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.ConnectProblem;
import io.motorwatch.source.mqtt.ScriptedBroker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SilentBrokerTest {

  private final CompletableFuture<Throwable> end = new CompletableFuture<>();
  private ScriptedBroker broker;

  @BeforeEach
  void start() throws Exception {
    broker = new ScriptedBroker();
  }

  @AfterEach
  void stop() throws Exception {
    broker.close();
  }

  private MqttConnection connection(Duration keepAlive, Runnable onMessage) {
    return new MqttConnection(
        BrokerAddress.of(broker.uri()),
        new ConnectOptions(
            Protocol.MQTT_5, "c", false, 60, 10, keepAlive, Duration.ofMillis(300), 1024),
        new MqttConnection.Handler() {
          @Override
          public void received(MqttConnection connection, IncomingPublish message) {
            onMessage.run();
          }

          @Override
          public void ended(MqttConnection connection, Throwable cause) {
            end.complete(cause);
          }
        });
  }

  @Test
  void endsWithAnErrorOnTheThreadThatReads() throws Exception {
    OutOfMemoryError error = new OutOfMemoryError("test");
    MqttConnection connection =
        connection(
            Duration.ofSeconds(30),
            () -> {
              throw error;
            });
    connection.open().get();
    broker.publish(1, false, "t", "x");
    assertThat(end.get()).isSameAs(error);
    assertThat(connection.acknowledge(1)).isFalse();
  }

  @Test
  void tellsABrokerThatAnswersPingsAndNotTheSubscription() throws Exception {
    broker.answersSubscribe(false);
    MqttConnection connection = connection(Duration.ofSeconds(30), () -> {});
    connection.open().get();
    CompletableFuture<Void> subscribed =
        connection.subscribe(
            List.of(new TopicSubscription("t", 1, TopicSubscription.Retained.SEND)));
    assertThat(problem(end.get()))
        .contains(broker.uri() + ": no answer to SUBSCRIBE")
        .contains("though it answers pings");
    assertThat(subscribed).isCompletedExceptionally();
  }

  @Test
  void waitsForAnAnswerBehindMessagesThatAreTakenSlowly() throws Exception {
    CompletableFuture<Void> room = new CompletableFuture<>();
    MqttConnection connection = connection(Duration.ofSeconds(30), room::join);
    connection.open().get();
    broker.publish(1, false, "t", "held up");
    CompletableFuture<Void> subscribed =
        connection.subscribe(
            List.of(new TopicSubscription("t", 1, TopicSubscription.Retained.SEND)));
    await().during(Duration.ofSeconds(1)).until(() -> !end.isDone());
    room.complete(null);
    subscribed.get();
    assertThat(end).isNotDone();
    connection.close().get();
  }

  @Test
  void tellsAStandingConnectionThatFellSilentFromABrokerThatNeverAnswered() throws Exception {
    broker.answersPings(false);
    MqttConnection connection = connection(Duration.ofMillis(300), () -> {});
    connection.open().get();
    assertThat(problem(end.get()))
        .contains(broker.uri() + ": no sign of life")
        .doesNotContain("whether an MQTT broker listens there");
  }

  private String problem(Throwable cause) {
    ConnectProblem problem = ConnectProblem.of(cause, BrokerAddress.of(broker.uri()));
    assertThat(problem.kind()).isEqualTo(ConnectProblem.Kind.TIMEOUT);
    return problem.message();
  }
}
