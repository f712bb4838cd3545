package io.motorwatch.tools.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import io.motorwatch.local.LocalInfluxDb;
import io.motorwatch.local.LocalMosquitto;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.util.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A person puts back a savepoint that is older than what the journal keeps. */
@Timeout(300)
class OlderStateITCase {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private int published;

  @TempDir Path folder;

  private LocalMosquitto broker;
  private LocalInfluxDb database;

  @BeforeEach
  void start() throws Exception {
    broker = LocalMosquitto.start(Files.createDirectory(folder.resolve("mqtt")));
    database = LocalInfluxDb.start(Files.createDirectory(folder.resolve("influx")));
    for (String file : List.of("motorwatch.yaml", "patterns.yaml")) {
      Files.copy(Path.of("../conf").resolve(file), folder.resolve(file));
    }
  }

  @AfterEach
  void stop() {
    database.close();
    broker.close();
  }

  private RunProcess run() throws Exception {
    return RunProcess.start(
        folder,
        "--config",
        folder.resolve("motorwatch.yaml").toString(),
        "--set",
        "mqtt.uri=" + broker.uri(),
        "--set",
        "mqtt.acknowledge=journal",
        "--set",
        "influx.url=" + database.url());
  }

  private static RunProcess ready(RunProcess process) {
    await().atMost(PATIENCE).until(process::ready);
    return process;
  }

  private static String payload(int number) {
    return "{\"current\":8.5,\"seq\":" + number + "}";
  }

  /** Whether the message published last is on disk, and so has been handed on. */
  private boolean allJournaled() throws IOException {
    try (Stream<Path> files = Files.walk(state().resolve("journal"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        if (text.contains(payload(published))) {
          return true;
        }
      }
      return false;
    }
  }

  private void publish(int count) {
    Mqtt5BlockingClient device =
        MqttClient.builder()
            .useMqttVersion5()
            .serverHost("127.0.0.1")
            .serverPort(broker.port())
            .buildBlocking();
    device.connect();
    for (int i = 0; i < count; i++) {
      device
          .publishWith()
          .topic("site/a/device/m/telemetry")
          .qos(MqttQos.AT_LEAST_ONCE)
          .payload(payload(++published).getBytes(StandardCharsets.UTF_8))
          .send();
    }
    device.disconnect();
  }

  private Path state() {
    return folder.resolve("motorwatch-state");
  }

  /** Up to which position files were removed. */
  private long freed() throws IOException {
    try (Stream<Path> files = Files.walk(state().resolve("journal"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".freed"))
          .mapToLong(name -> Long.parseLong(name.replace(".freed", "")))
          .max()
          .orElse(-1);
    }
  }

  private void runAndStop(int readings) throws Exception {
    RunProcess process = ready(run());
    publish(readings);
    await().atMost(PATIENCE).until(this::allJournaled);
    assertThat(process.terminate()).isZero();
  }

  @Test
  void theLauncherSaysSoInOneLineAndEnds() throws Exception {
    runAndStop(10);
    Path old = folder.resolve("old");
    FileUtils.copy(path(state().resolve("savepoints")), path(old), false);
    runAndStop(10);
    RunProcess third = ready(run());
    await().atMost(PATIENCE).until(() -> freed() >= 19);
    assertThat(third.terminate()).isZero();
    FileUtils.deleteDirectory(state().resolve("checkpoints").toFile());
    FileUtils.deleteDirectory(state().resolve("savepoints").toFile());
    Files.move(old, state().resolve("savepoints"));
    RunProcess refused = run();
    assertThat(refused.exitStatus()).isEqualTo(1);
    assertThat(refused.err().lines().filter(line -> line.contains("older-state: accept")))
        .as(refused.err())
        .singleElement()
        .asString()
        .startsWith("motorwatch: the journal of session motorwatch-0 does not go back");
    assertThat(refused.err())
        .contains("10 acknowledged messages are missing")
        .doesNotContain("restarts it")
        .doesNotContain("Exception");
    assertThat(refused.out()).doesNotContain("READY");
  }

  private static org.apache.flink.core.fs.Path path(Path path) {
    return new org.apache.flink.core.fs.Path(path.toUri());
  }
}
