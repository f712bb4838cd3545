package io.motorwatch.jobs.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.jobs.config.ConfigLoader;
import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.local.FreePort;
import io.motorwatch.local.LocalInfluxDb;
import io.motorwatch.local.LocalMosquitto;
import io.motorwatch.local.TcpProxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a person hears before a job starts. The hour that may be waited for is never waited for. */
@Timeout(60)
class ConnectionsITCase {

  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path folder;

  private final List<String> lines = new ArrayList<>();
  private LocalMosquitto broker;

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  private static MotorwatchConfig config(String... overrides) throws Exception {
    return ConfigLoader.load(
        Path.of("../conf/motorwatch.yaml"), new ArrayList<>(List.of(overrides)), Map.of());
  }

  private void await(MotorwatchConfig config) throws Exception {
    Connections.await(config, HOUR, lines::add);
  }

  @Test
  void doNotWaitForAWrongPasswordToBecomeRight() throws Exception {
    // Nobody may log in.
    broker = LocalMosquitto.start(folder, FreePort.find(), List.of());
    MotorwatchConfig config =
        config("mqtt.uri=" + broker.uri(), "mqtt.username=u", "mqtt.password=hidden");
    assertThatThrownBy(() -> await(config))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("the connection for telemetry: " + broker.uri())
        .hasMessageContaining("user 'u'")
        .hasMessageNotContaining("hidden");
    assertThat(lines).isEmpty();
  }

  @Test
  void refuseSeveralSessionsWhereTheBrokerDoesNotShare() throws Exception {
    broker = LocalMosquitto.start(folder);
    try (LocalInfluxDb database = LocalInfluxDb.start(folder.resolve("influx"));
        TcpProxy unsharing = TcpProxy.unsharing(broker.port())) {
      MotorwatchConfig two =
          config("mqtt.sessions=2", "mqtt.uri=" + unsharing.uri(), "influx.url=" + database.url());
      assertThatThrownBy(() -> await(two))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("mqtt.sessions: 2 sessions share their subscription")
          .hasMessageEndingWith("Set mqtt.sessions: 1");
      await(config("mqtt.sessions=2", "mqtt.uri=" + broker.uri(), "influx.url=" + database.url()));
    }
  }

  /** Its own patience with a silent server is many times the two seconds; the limit is between. */
  @Test
  @Timeout(20)
  void giveUpSilentServersWhenTheTimeIsOver() throws Exception {
    broker = LocalMosquitto.start(folder);
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String port = ":" + silent.getLocalPort();
      MotorwatchConfig silentBroker = config("mqtt.uri=tcp://127.0.0.1" + port);
      assertThatThrownBy(() -> Connections.await(silentBroker, Duration.ofSeconds(2), lines::add))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("tcp://127.0.0.1" + port)
          .hasMessageEndingWith("(gave up after 2 s)");
      MotorwatchConfig silentDatabase =
          config("mqtt.uri=" + broker.uri(), "influx.url=http://127.0.0.1" + port);
      assertThatThrownBy(() -> Connections.await(silentDatabase, Duration.ofSeconds(2), lines::add))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("http://127.0.0.1" + port)
          .hasMessageEndingWith("(gave up after 2 s)");
    }
  }
}
