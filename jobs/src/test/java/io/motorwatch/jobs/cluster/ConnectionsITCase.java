package io.motorwatch.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.jobs.config.ConfigLoader;
import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.local.FreePort;
import io.motorwatch.local.LocalInfluxDb;
import io.motorwatch.local.LocalMosquitto;
import io.motorwatch.local.TcpProxy;
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
}
