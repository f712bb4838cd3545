package io.motorwatch.source.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.motorwatch.local.FreePort;
import io.motorwatch.local.LocalMosquitto;
import io.motorwatch.local.TestCertificates;
import io.motorwatch.model.connection.TlsFiles;
import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.MqttUnreachableException;
import io.motorwatch.source.mqtt.Publisher;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class WebSocketITCase {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  @TempDir Path folder;

  private final int wsPort = FreePort.find();
  private final int wssPort = FreePort.find();
  private TestCertificates server;
  private LocalMosquitto broker;

  @BeforeEach
  void startBroker() throws Exception {
    server = TestCertificates.make(folder, "server", "RSA", "ip:127.0.0.1");
    broker =
        LocalMosquitto.start(
            folder.resolve("broker"),
            FreePort.find(),
            List.of(
                "allow_anonymous true",
                "listener " + wsPort,
                "protocol websockets",
                "listener " + wssPort,
                "protocol websockets",
                "certfile " + server.certificate(),
                "keyfile " + server.key()));
  }

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  private BrokerAddress secure(String host, TlsFiles files) {
    return new BrokerAddress(URI.create("wss://" + host + ":" + wssPort), null, files);
  }

  @Test
  void carriesASessionWithLateAcknowledgements() throws Exception {
    BrokerAddress address = BrokerAddress.of("ws://127.0.0.1:" + wsPort);
    List<Integer> ids = Collections.synchronizedList(new ArrayList<>());
    List<String> payloads = Collections.synchronizedList(new ArrayList<>());
    int count = 5_000;
    try (Publisher publisher = new Publisher(broker.port())) {
      MqttConnection first = connection(address, ids, payloads);
      assertThat(first.open().get()).isFalse();
      first
          .subscribe(List.of(new TopicSubscription("t/+", 1, TopicSubscription.Retained.SEND)))
          .get();
      publisher.publish("t/1", 0, count);
      int acknowledged = 0;
      while (acknowledged < count) {
        int from = acknowledged;
        await().until(() -> ids.size() > from);
        for (int size = ids.size(); acknowledged < size && acknowledged < count - 10; ) {
          first.acknowledge(ids.get(acknowledged++));
        }
        if (acknowledged == count - 10) {
          break;
        }
      }
      await().until(() -> payloads.size() == count);
      assertThat(payloads).isEqualTo(numbers(0, count));
      first.close().get();

      payloads.clear();
      MqttConnection second = connection(address, ids, payloads);
      assertThat(second.open().get()).isTrue();
      await().until(() -> payloads.size() == 10);
      assertThat(payloads).isEqualTo(numbers(count - 10, count));
      second.closeAndEndSession().get();
    }
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(String::valueOf).toList();
  }

  private static MqttConnection connection(
      BrokerAddress address, List<Integer> ids, List<String> payloads) {
    ConnectOptions options =
        new ConnectOptions(
            Protocol.MQTT_5, "ws", false, 60, 1000, Duration.ofSeconds(30), LIMIT, 1024);
    return new MqttConnection(
        address,
        options,
        new MqttConnection.Handler() {
          @Override
          public void received(MqttConnection connection, IncomingPublish message) {
            payloads.add(new String(message.payload(), StandardCharsets.UTF_8));
            ids.add(message.packetId());
          }

          @Override
          public void ended(MqttConnection connection, Throwable cause) {}
        });
  }

  @Test
  void trustsTheConfiguredCaAndVerifiesTheHostName() {
    String ca = server.certificate().toString();
    TlsFiles trusting = new TlsFiles(ca, null, null, true);
    assertThatCode(() -> MqttProbe.connectOnce(secure("127.0.0.1", trusting), LIMIT))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> MqttProbe.connectOnce(secure("localhost", trusting), LIMIT))
        .hasMessageContaining("no TLS connection to wss://localhost");
    assertThatThrownBy(() -> MqttProbe.connectOnce(secure("127.0.0.1", TlsFiles.PLATFORM), LIMIT))
        .hasMessageContaining("check the CA file");
    TlsFiles lax = new TlsFiles(ca, null, null, false);
    assertThatCode(() -> MqttProbe.connectOnce(secure("localhost", lax), LIMIT))
        .doesNotThrowAnyException();
  }

  @Test
  void namesAnAddressWhereNothingOrSomethingElseListens() {
    int free = FreePort.find();
    assertThatThrownBy(
            () -> MqttProbe.connectOnce(BrokerAddress.of("ws://127.0.0.1:" + free), LIMIT))
        .hasMessageContaining("nothing listens at ws://127.0.0.1:" + free);
    assertThatThrownBy(
            () ->
                MqttProbe.connectOnce(
                    BrokerAddress.of("ws://127.0.0.1:" + broker.port()), Duration.ofSeconds(3)))
        .isInstanceOf(MqttUnreachableException.class)
        .hasMessageContaining("ws://127.0.0.1:" + broker.port());
  }

  @ParameterizedTest
  @CsvSource({"'', /mqtt", "/?token=a, /mqtt?token=a", "/a%20b/?k=v, /a%20b/?k=v"})
  void asksForWhatTheAddressSays(String path, String expected) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      BrokerAddress address = BrokerAddress.of("ws://127.0.0.1:" + server.getLocalPort() + path);
      MqttConnection connection = connection(address, new ArrayList<>(), new ArrayList<>());
      var unused = connection.open();
      try (Socket client = server.accept();
          BufferedReader in =
              new BufferedReader(
                  new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
        assertThat(in.readLine()).isEqualTo("GET " + expected + " HTTP/1.1");
      }
      connection.close().get();
    }
  }
}
