package io.motorwatch.tools.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import io.motorwatch.local.LocalInfluxDb;
import io.motorwatch.local.LocalMosquitto;
import io.motorwatch.tools.demo.ReadBack;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The job as a process that is killed; broker and database that go away and come back. The config
 * is the shipped one, of which only the two addresses are changed.
 */
class CrashITCase {

  /** Windows of a device that has fallen silent are written after a minute. */
  private static final Duration PATIENCE = Duration.ofSeconds(150);

  private static final Path SHIPPED = Path.of("../conf");
  private static final int DEVICES = 20;
  private static final int SECONDS = 900;

  /** How far behind a backlog is that some devices send between their readings of now, seconds. */
  private static final int BACKLOG = 1_800;

  private static final long READINGS = (DEVICES + backlogs()) * (long) SECONDS;

  /**
   * Each device is overloaded from second 100 of every 300 for 45 s: raised at 130, cleared at 145.
   */
  private static final int EPISODES = DEVICES * SECONDS / 300;

  @TempDir Path folder;

  private LocalMosquitto broker;
  private LocalInfluxDb database;
  private Mqtt5AsyncClient devices;
  private long start;
  private String acknowledge = "checkpoint";

  private RunProcess run() throws Exception {
    return RunProcess.start(
        folder,
        "--config",
        folder.resolve("motorwatch.yaml").toString(),
        "--set",
        "mqtt.uri=" + broker.uri(),
        "--set",
        "mqtt.acknowledge=" + acknowledge,
        "--set",
        "influx.url=" + database.url());
  }

  private void startServers() throws Exception {
    start = Instant.now().toEpochMilli() / 60_000 * 60_000 - 1000L * SECONDS;
    broker = LocalMosquitto.start(Files.createDirectory(folder.resolve("mqtt")));
    database = LocalInfluxDb.start(Files.createDirectory(folder.resolve("influx")));
    for (String file : List.of("motorwatch.yaml", "patterns.yaml")) {
      Files.copy(SHIPPED.resolve(file), folder.resolve(file));
    }
    devices =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier("devices")
            .serverHost("127.0.0.1")
            .serverPort(broker.port())
            .automaticReconnectWithDefaultConfig()
            .buildAsync();
    devices.connectWith().cleanStart(false).sessionExpiryInterval(3600).send().join();
  }

  private static RunProcess ready(RunProcess process) {
    await().atMost(PATIENCE).until(process::ready);
    return process;
  }

  /** All devices' readings of some seconds, each confirmed by the broker when this returns. */
  private void publish(int from, int to) {
    List<CompletableFuture<?>> sent = new ArrayList<>();
    for (int second = from; second < to; second++) {
      int phase = second % 300;
      double current = phase >= 100 && phase < 145 ? 13.5 : 8.5;
      for (int device = 0; device < DEVICES; device++) {
        // Every other device sends no sequence numbers.
        String seq = device % 2 == 0 ? ",\"seq\":" + (second + 1) : "";
        sent.add(send(device, second, current, seq));
        if (hasBacklog(device)) {
          sent.add(send(device, second - BACKLOG, 8.5, ""));
        }
      }
      if (sent.size() >= 500) {
        sent.forEach(CompletableFuture::join);
        sent.clear();
      }
    }
    sent.forEach(CompletableFuture::join);
  }

  /** None of these has sequence numbers. */
  private static boolean hasBacklog(int device) {
    return device % 4 == 1;
  }

  private static long backlogs() {
    return IntStream.range(0, DEVICES).filter(CrashITCase::hasBacklog).count();
  }

  private CompletableFuture<?> send(int device, int second, double current, String seq) {
    String payload =
        "{\"timestamp\":%d,\"current\":%s%s}".formatted(start + 1000L * second, current, seq);
    return devices
        .publishWith()
        .topic("site/crash/device/m" + device + "/telemetry")
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(payload.getBytes(StandardCharsets.UTF_8))
        .send();
  }

  private void assertTheDatabaseHoldsExactlyWhatWasSent() {
    try (ReadBack held = new ReadBack(database.url(), "crash")) {
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(held.readings()).isEqualTo(READINGS));
      for (String tier : List.of("warm", "cold", "archive")) {
        await()
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(held.readingsIn(tier)).as(tier).isEqualTo(READINGS));
      }
      assertThat(held.windows("warm")).isEqualTo(READINGS / 60);
      List<ReadBack.AlarmPoint> alarms = held.alarms();
      // The third overload of each device is its overload-storm, which ends with it.
      assertThat(alarms).hasSize(2 * EPISODES + 2 * DEVICES);
      assertThat(alarms.stream().filter(alarm -> alarm.pattern().equals("overload-storm")))
          .hasSize(2 * DEVICES)
          .allSatisfy(alarm -> assertThat((alarm.at() - start) / 300_000).isEqualTo(2));
      assertThat(alarms)
          .allSatisfy(
              alarm -> {
                assertThat(alarm.pattern()).isIn("overload", "overload-storm");
                long second = (alarm.at() - start) / 1000 % 300;
                assertThat(second).isEqualTo(alarm.state().equals("RAISED") ? 130 : 145);
              });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"checkpoint", "journal"})
  void aJobKilledAgainAndAgainLosesAndDoublesNothing(String acknowledge) throws Exception {
    this.acknowledge = acknowledge;
    startServers();
    RunProcess process = ready(run());
    for (int third = 0; third < 3; third++) {
      publish(third * 300, third * 300 + 120);
      process.kill();
      publish(third * 300 + 120, third * 300 + 200);
      process = run();
      publish(third * 300 + 200, third * 300 + 300);
      ready(process);
    }
    assertTheDatabaseHoldsExactlyWhatWasSent();
    assertThat(process.out()).contains("state in " + folder.resolve("motorwatch-state"));
    assertThat(process.err()).contains("resuming from " + folder.resolve("motorwatch-state"));
    assertThat(process.terminate()).isZero();
    assertThat(leftInTemporaryFolder()).as("beside what the kills left").isEmpty();
    close();
  }

  /** What killed processes leave, the next one deletes; what it has itself, it deletes too. */
  private List<String> leftInTemporaryFolder() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("(motorwatch-flink-|flink|minicluster).*"))
          .toList();
    }
  }

  @Test
  void aBrokerAndADatabaseThatGoAwayAndComeBackAreMissedByNobody() throws Exception {
    startServers();
    RunProcess process = ready(run());
    publish(0, 200);
    database.stop();
    publish(200, 350);
    database.restart();
    publish(350, 450);
    broker.stop();
    broker.restart();
    publish(450, 600);
    database.kill();
    publish(600, 700);
    database.restart();
    publish(700, SECONDS);
    assertTheDatabaseHoldsExactlyWhatWasSent();
    assertThat(process.terminate()).isZero();
    close();
  }

  private void close() {
    devices.toBlocking().disconnect();
    database.close();
    broker.close();
  }
}
