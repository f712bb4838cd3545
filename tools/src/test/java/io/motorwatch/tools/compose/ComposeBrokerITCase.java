package io.motorwatch.tools.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import io.motorwatch.model.connection.PemTls;
import io.motorwatch.model.connection.TlsFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what at the compose files' broker, at a real Mosquitto with their files. */
class ComposeBrokerITCase {

  private static final String MINE = "site/plant/device/motor-17/";
  private static final String OTHERS = "site/plant/device/motor-18/";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;
  private final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();

  private static String password(String user) throws IOException {
    return Files.readAllLines(ComposeFile.ROOT.resolve("docker/mosquitto-users")).stream()
        .filter(line -> line.startsWith(user + ":"))
        .map(line -> line.substring(user.length() + 1))
        .findFirst()
        .orElseThrow();
  }

  private Mqtt5BlockingClient connect(Mqtt5ClientBuilder builder, String user, String password) {
    Mqtt5BlockingClient client =
        builder
            .simpleAuth()
            .username(user)
            .password(password.getBytes(StandardCharsets.UTF_8))
            .applySimpleAuth()
            .buildBlocking();
    client.connect();
    return client;
  }

  private Mqtt5BlockingClient connect(ComposeBroker broker, String user) throws IOException {
    return connect(
        MqttClient.builder().useMqttVersion5().serverHost("127.0.0.1").serverPort(broker.port()),
        user,
        password(user));
  }

  private static void publish(Mqtt5BlockingClient client, String topic, String payload) {
    client
        .publishWith()
        .topic(topic)
        .payload(payload.getBytes(StandardCharsets.UTF_8))
        .qos(MqttQos.AT_LEAST_ONCE)
        .send();
  }

  private void listen(Mqtt5BlockingClient client, String filter) {
    client
        .toAsync()
        .subscribeWith()
        .topicFilter(filter)
        .qos(MqttQos.AT_LEAST_ONCE)
        .callback(message -> heard.add(message.getTopic().toString()))
        .send()
        .join();
  }

  /** On a connection of its own, which does not outlive the refusal. */
  private void assertDenied(ComposeBroker broker, String user, String topic) throws IOException {
    Mqtt5BlockingClient client = connect(broker, user);
    assertThatThrownBy(() -> publish(client, topic, "x"))
        .as(topic)
        .isInstanceOfSatisfying(
            Mqtt5PubAckException.class,
            refused ->
                assertThat(refused.getMqttMessage().getReasonCode())
                    .isEqualTo(Mqtt5PubAckReasonCode.NOT_AUTHORIZED));
  }

  @Test
  void aDevicePublishesUnderItsOwnTopicAlone() throws Exception {
    try (ComposeBroker broker = ComposeBroker.start(folder, "plain", folder.resolve("none"))) {
      listen(connect(broker, "motorwatch"), "site/#");
      Mqtt5BlockingClient device = connect(broker, "plant/device/motor-17");
      for (String topic :
          List.of(
              OTHERS + "telemetry",
              OTHERS + "status",
              MINE + "alert",
              MINE + "alarms/overload",
              MINE + "command",
              "site/other/device/motor-17/telemetry",
              "motorwatch/patterns",
              "motorwatch/ack")) {
        assertDenied(broker, "plant/device/motor-17", topic);
      }
      for (String topic : List.of("telemetry", "status", "attributes")) {
        publish(device, MINE + topic, "{}");
      }
      await().atMost(PATIENCE).until(() -> heard.size() >= 3);
      assertThat(heard)
          .containsExactlyInAnyOrder(MINE + "telemetry", MINE + "status", MINE + "attributes");
    }
  }

  @Test
  void aDeviceReadsOnlyWhatConcernsItself() throws Exception {
    try (ComposeBroker broker = ComposeBroker.start(folder, "plain", folder.resolve("none"))) {
      Mqtt5BlockingClient device = connect(broker, "plant/device/motor-17");
      listen(device, "site/plant/device/#");
      listen(device, "motorwatch/#");
      Mqtt5BlockingClient job = connect(broker, "motorwatch");
      publish(connect(broker, "plant/device/motor-18"), OTHERS + "telemetry", "{}");
      publish(connect(broker, "operator"), "motorwatch/patterns", "{}");
      for (String kind : List.of("command", "alert", "alarms/overload")) {
        publish(job, OTHERS + kind, "{}");
        publish(job, MINE + kind, "{}");
      }
      // What was not to be delivered came before these.
      await().atMost(PATIENCE).until(() -> heard.size() >= 3);
      assertThat(heard).containsExactly(MINE + "command", MINE + "alert", MINE + "alarms/overload");
    }
  }

  @Test
  void theSimulatorStandsForEveryDeviceAndForNothingElse() throws Exception {
    try (ComposeBroker broker = ComposeBroker.start(folder, "plain", folder.resolve("none"))) {
      Mqtt5BlockingClient simulator = connect(broker, "simulator");
      publish(simulator, OTHERS + "telemetry", "{}");
      publish(simulator, MINE + "attributes", "{}");
      assertDenied(broker, "simulator", MINE + "alert");
      assertDenied(broker, "simulator", "motorwatch/patterns");
    }
  }

  @Test
  void nobodyGetsInWithoutAPassword() throws Exception {
    try (ComposeBroker broker = ComposeBroker.start(folder, "plain", folder.resolve("none"))) {
      assertThatThrownBy(
              () ->
                  connect(
                      MqttClient.builder()
                          .useMqttVersion5()
                          .serverHost("127.0.0.1")
                          .serverPort(broker.port()),
                      "simulator",
                      "wrong"))
          .isInstanceOf(Mqtt5ConnAckException.class);
    }
  }

  @Test
  void withTlsDevicesTrustTheAuthorityThatTheScriptMakes() throws Exception {
    Path tls = folder.resolve("tls");
    ProcessBuilder script =
        new ProcessBuilder(
                ComposeFile.ROOT.resolve("docker/make-certificates").toString(), "broker.example")
            .redirectErrorStream(true);
    script.environment().put("MOTORWATCH_TLS", tls.toString());
    Process made = script.start();
    String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(made.waitFor()).as(said).isZero();
    assertThat(said).contains("DNS:broker.example");
    try (ComposeBroker broker = ComposeBroker.start(folder, "tls", tls)) {
      PemTls trust = PemTls.load(new TlsFiles(tls.resolve("ca.crt").toString(), null, null, true));
      Mqtt5BlockingClient device =
          connect(
              MqttClient.builder()
                  .useMqttVersion5()
                  .serverHost("localhost")
                  .serverPort(broker.port())
                  .sslConfig(
                      MqttClientSslConfig.builder()
                          .trustManagerFactory(trust.trustManagerFactory())
                          .build()),
              "plant/device/motor-17",
              password("plant/device/motor-17"));
      publish(device, MINE + "telemetry", "{}");
    }
  }
}
