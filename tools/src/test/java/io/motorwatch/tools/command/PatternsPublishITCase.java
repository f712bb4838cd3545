package io.motorwatch.tools.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import io.motorwatch.local.FreePort;
import io.motorwatch.local.LocalMosquitto;
import io.motorwatch.local.Mqtt311OnlyBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class PatternsPublishITCase {

  private static final Path LIBRARY = Path.of("../conf/patterns.yaml");

  @TempDir Path folder;

  private final int webSocketPort = FreePort.find();
  private LocalMosquitto broker;

  @BeforeEach
  void startBroker() throws Exception {
    broker =
        LocalMosquitto.start(
            folder.resolve("mqtt"),
            FreePort.find(),
            List.of("allow_anonymous true", "listener " + webSocketPort, "protocol websockets"));
  }

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  private int publish(Path file) {
    return publish(file, broker.uri());
  }

  private static int publish(Path file, String uri) {
    return Motorwatch.execute("patterns", "publish", file.toString(), "--broker", uri, "--no-wait");
  }

  /** What somebody who comes later finds at the broker. */
  private List<String> retained() {
    Mqtt5AsyncClient client =
        Mqtt5Client.builder()
            .identifier("late-comer")
            .serverHost("127.0.0.1")
            .serverPort(broker.port())
            .buildAsync();
    client.connect().join();
    List<String> found = new CopyOnWriteArrayList<>();
    client
        .subscribeWith()
        .topicFilter("motorwatch/patterns")
        .callback(
            message -> found.add(new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8)))
        .send()
        .join();
    // A broker sends what it keeps before the answer to what comes after the subscription.
    client
        .publishWith()
        .topic("motorwatch/patterns")
        .payload("end".getBytes(StandardCharsets.UTF_8))
        .send()
        .join();
    await().until(() -> found.contains("end"));
    client.disconnect().join();
    return found.subList(0, found.indexOf("end"));
  }

  @Test
  void leavesTheFileWithTheBrokerForEveryJobThatComes() throws Exception {
    assertThat(publish(LIBRARY)).isZero();
    assertThat(retained()).containsExactly(Files.readString(LIBRARY));
  }

  @Test
  void publishesOverWebSocketsToo() throws Exception {
    assertThat(publish(LIBRARY, "ws://127.0.0.1:" + webSocketPort)).isZero();
    assertThat(retained()).containsExactly(Files.readString(LIBRARY));
  }

  @Test
  void publishesNoFileWithFaults() throws Exception {
    Path file = Files.writeString(folder.resolve("bad.yaml"), "apiVersion: motorwatch/v1\nx: 1\n");
    assertThat(publish(file)).isEqualTo(2);
    assertThat(publish(folder.resolve("absent.yaml"))).isEqualTo(2);
    assertThat(retained()).isEmpty();
  }

  @Test
  @Timeout(60)
  void publishesToABrokerOfMqtt311Too() throws Exception {
    try (Mqtt311OnlyBroker old = new Mqtt311OnlyBroker(broker.port())) {
      assertThat(publish(LIBRARY, old.uri())).isZero();
      assertThat(old.refused()).isPositive();
    }
    assertThat(retained()).containsExactly(Files.readString(LIBRARY));
  }

  @Test
  @Timeout(60)
  void saysThatNoJobAnswersAndLeavesTheFileThere() throws Exception {
    Printed printed =
        Printed.by(
            folder,
            "patterns",
            "publish",
            LIBRARY.toString(),
            "--broker",
            broker.uri(),
            "--timeout",
            "1");
    assertThat(printed.status()).isEqualTo(1);
    assertThat(printed.err())
        .singleElement()
        .asString()
        .contains("no job answered within 1 s: check that one runs at this broker");
    assertThat(retained()).containsExactly(Files.readString(LIBRARY));
  }

  @Test
  @Timeout(60)
  void givesUpOnABrokerThatLetsTheProbeInAndNothingElse() throws Exception {
    List<String> probeOnly = List.of("allow_anonymous true", "clientid_prefixes motorwatch-probe");
    try (LocalMosquitto strict =
        LocalMosquitto.start(folder.resolve("strict"), FreePort.find(), probeOnly)) {
      Printed printed =
          Printed.by(
              folder,
              "patterns",
              "publish",
              LIBRARY.toString(),
              "--broker",
              strict.uri(),
              "--connect-timeout",
              "3",
              "--no-wait");
      assertThat(printed.status()).isEqualTo(1);
      assertThat(printed.err())
          .singleElement()
          .asString()
          .startsWith("motorwatch: " + strict.uri() + " did not take it: ")
          .contains("NOT_AUTHORIZED");
    }
  }
}
