package io.motorwatch.tools.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import io.motorwatch.local.LocalInfluxDb;
import io.motorwatch.local.TcpProxy;
import io.motorwatch.local.TransportBroker;
import io.motorwatch.local.TransportBroker.Transport;
import io.motorwatch.tools.command.Motorwatch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Everything that goes out over every transport a broker may offer: alerts, retained alarms and
 * commands of the job, readings of {@code simulate} and {@code replay}, pattern files of {@code
 * patterns publish}. A proxy in between records what really crosses the wire.
 */
@Timeout(180)
class TransportsITCase {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String PATTERNS =
      """
      apiVersion: motorwatch/v1
      version: %d
      signals: {high: {value: current, above: 10}}
      patterns:
        hot:
          severity: CRITICAL
          sequence: [{on: high, for: 2s}]
          command: {action: stop}
      """;

  @TempDir static Path folder;

  private static TransportBroker broker;
  private static LocalInfluxDb database;
  private static Path passwordFile;

  private final Queue<String> heard = new ConcurrentLinkedQueue<>();

  @BeforeAll
  static void startServers() throws Exception {
    broker = TransportBroker.start(folder.resolve("mqtt"));
    database = LocalInfluxDb.start(Files.createDirectory(folder.resolve("influx")));
    passwordFile = Files.writeString(folder.resolve("password"), TransportBroker.PASSWORD + "\n");
  }

  @AfterAll
  static void stopServers() {
    database.close();
    broker.close();
  }

  private Mqtt5BlockingClient listener() {
    Mqtt5BlockingClient client =
        Mqtt5Client.builder()
            .serverHost("127.0.0.1")
            .serverPort(broker.plain().port())
            .buildBlocking();
    client.connect();
    client
        .toAsync()
        .subscribeWith()
        .topicFilter("#")
        .callback(
            message ->
                heard.add(
                    message.getTopic()
                        + " "
                        + new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8)))
        .send()
        .join();
    return client;
  }

  private void awaitHeard(String topic, String... parts) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(heard)
                    .as("what came on " + topic)
                    .anySatisfy(
                        message -> assertThat(message).startsWith(topic + " ").contains(parts)));
  }

  /** As options of a command. */
  private static List<String> connection(String uri, Transport transport) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--broker",
                uri,
                "--username",
                TransportBroker.USER,
                "--password-file",
                passwordFile.toString()));
    if (transport.encrypted()) {
      options.addAll(List.of("--ca", broker.server().certificate().toString()));
    }
    if (transport == Transport.MUTUAL_TLS) {
      options.addAll(
          List.of(
              "--cert",
              broker.client().certificate().toString(),
              "--key",
              broker.client().key().toString()));
    }
    return options;
  }

  private static Path config(Path own, String uri, Transport transport) throws Exception {
    Path patterns = Files.writeString(own.resolve("patterns.yaml"), PATTERNS.formatted(1));
    List<String> lines =
        new ArrayList<>(
            List.of(
                "mqtt:",
                "  uri: " + uri,
                "  client-id-prefix: transport-" + transport.name().toLowerCase(Locale.ROOT),
                "  username: " + TransportBroker.USER,
                "  password-file: " + passwordFile));
    if (transport.encrypted()) {
      lines.add("  tls:");
      lines.add("    ca: " + broker.server().certificate());
      if (transport == Transport.MUTUAL_TLS) {
        lines.add("    cert: " + broker.client().certificate());
        lines.add("    key: " + broker.client().key());
      }
    }
    lines.add("influx: {url: '" + database.url() + "'}");
    lines.add("patterns: {file: " + patterns + "}");
    lines.add("commands: {enabled: true}");
    return Files.write(own.resolve("motorwatch.yaml"), lines);
  }

  private static int motorwatch(List<String> connection, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(connection);
    return Motorwatch.execute(all.toArray(String[]::new));
  }

  private static Path recording(Path own) throws Exception {
    StringBuilder rows = new StringBuilder("time;current\n");
    for (int second = 0; second < 6; second++) {
      rows.append("2026-01-01T00:00:0").append(second).append("Z;12.5\n");
    }
    return Files.writeString(own.resolve("recording.csv"), rows);
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void everyOutgoingPathArrivesAndTlsHidesAllOfIt(Transport transport, @TempDir Path own)
      throws Exception {
    Mqtt5BlockingClient listener = listener();
    try (TcpProxy wire = TcpProxy.recording(broker.port(transport))) {
      String uri = transport.scheme() + "://127.0.0.1:" + wire.port();
      Path config = config(own, uri, transport);
      List<String> connection = connection(uri, transport);
      RunProcess job = RunProcess.start(own, "--config", config.toString());
      try {
        await().atMost(PATIENCE).until(job::ready);
        String device = "site/" + transport + "/device/m1";

        assertThat(
                motorwatch(
                    connection,
                    "replay",
                    "--file",
                    recording(own).toString(),
                    "--site",
                    transport.name(),
                    "--device",
                    "m1",
                    "--time",
                    "time"))
            .isZero();
        awaitHeard(device + "/telemetry", "12.5");
        awaitHeard(device + "/alert", "RAISED", "hot");
        awaitHeard(device + "/alarms/hot", "RAISED");
        awaitHeard(device + "/command", "\"action\":\"stop\"");

        Path next = Files.writeString(own.resolve("next.yaml"), PATTERNS.formatted(2));
        assertThat(motorwatch(connection, "patterns", "publish", next.toString())).isZero();
        awaitHeard("motorwatch/patterns", "version: 2");
        awaitHeard("motorwatch/patterns/status", "\"version\":2,\"state\":\"in-force\"");

        // The same from a config, without an option.
        String site = "s-" + transport;
        assertThat(
                motorwatch(
                    List.of("--config", config.toString()),
                    "simulate",
                    "--devices",
                    "1",
                    "--seconds",
                    "1",
                    "--site",
                    site))
            .isZero();
        awaitHeard("site/" + site + "/device/motor-1/telemetry", "current");
        assertThat(job.terminate()).as(job.err()).isZero();
        assertThat(job.err()).doesNotContain(TransportBroker.PASSWORD);
      } finally {
        job.kill();
        withdrawPatterns(listener);
      }
      String said = wire.said();
      assertThat(said).isNotEmpty();
      if (transport.encrypted()) {
        assertThat(said)
            .doesNotContain(TransportBroker.USER)
            .doesNotContain(TransportBroker.PASSWORD)
            .doesNotContain("timestamp")
            .doesNotContain("alarmId")
            .doesNotContain("apiVersion")
            .doesNotContain("MQTT");
      } else if (transport == Transport.TCP) {
        // The same look finds it where it is there to be found.
        assertThat(said).contains(TransportBroker.PASSWORD, "timestamp", "alarmId", "apiVersion");
      }
    } finally {
      listener.disconnect();
    }
  }

  /** The next transport's job begins with its own file. */
  private static void withdrawPatterns(Mqtt5BlockingClient client) {
    client.publishWith().topic("motorwatch/patterns").retain(true).send();
  }
}
