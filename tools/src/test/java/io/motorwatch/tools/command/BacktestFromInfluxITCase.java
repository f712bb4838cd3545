package io.motorwatch.tools.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import io.motorwatch.local.LocalInfluxDb;
import io.motorwatch.local.LocalMosquitto;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code backtest --from influx} on a real InfluxDB 1.x. */
class BacktestFromInfluxITCase {

  @TempDir static Path servers;
  private static LocalInfluxDb database;

  @TempDir Path folder;
  private HistoryFixture fixture;
  private Path config;

  @BeforeAll
  static void start() throws Exception {
    database = LocalInfluxDb.start(servers.resolve("influx"));
    HistoryFixture fixture = HistoryFixture.of(servers);
    query("CREATE DATABASE motorwatch WITH DURATION INF NAME hot");
    query("CREATE RETENTION POLICY kept ON motorwatch DURATION INF REPLICATION 1");
    for (String tier : List.of("hot", "kept")) {
      HistoryFixture.post(
          database.url() + "/write?db=motorwatch&precision=ms&rp=" + tier, "", fixture.lines());
    }
  }

  private static void query(String statement) throws Exception {
    HistoryFixture.post(database.url() + "/query?q=" + statement.replace(" ", "%20"), "", "");
  }

  @AfterAll
  static void stop() throws Exception {
    database.close();
  }

  @BeforeEach
  void writeConfig() throws Exception {
    fixture = HistoryFixture.of(folder);
    config = fixture.config("influx: {url: '" + database.url() + "'}\n");
  }

  private Printed backtest(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("backtest", "--from", "influx", "--config", config.toString(), "--no-broker"));
    arguments.addAll(Arrays.asList(more));
    return Printed.by(folder, arguments.toArray(String[]::new));
  }

  private static List<String> alarms(String... lines) {
    List<String> all = new ArrayList<>(Arrays.asList(lines));
    all.add(lines.length == 1 ? "1 alarm" : lines.length + " alarms");
    return all;
  }

  @Test
  void theDatabaseRaisesWhatTheSameReadingsInFilesRaise() throws Exception {
    Printed files =
        Printed.by(
            folder,
            "backtest",
            "--patterns",
            fixture.patterns().toString(),
            "--input",
            fixture.csv("m1").toString(),
            fixture.csv("m2").toString(),
            "--site=plant",
            "--attribute=ratedCurrent=10");
    Printed stored = backtest("--attribute", "ratedCurrent=10");
    assertThat(stored).isEqualTo(files);
    assertThat(stored.out()).isEqualTo(alarms(HistoryFixture.ALARMS.toArray(String[]::new)));
    assertThat(stored.err()).isEmpty();
  }

  @Test
  void sitesDevicesTimesAndTiersAreChosen() {
    String[] first = {"--attribute", "ratedCurrent=10", "--device", "m2"};
    assertThat(backtest(first).out()).isEqualTo(alarms(HistoryFixture.ALARMS.get(0)));
    assertThat(
            backtest(
                    "--attribute=ratedCurrent=10",
                    "--device=plant/m1",
                    "--device=plant/m3",
                    "--since=2026-01-05T08:03:00Z",
                    "--until=2026-01-05T08:04:31Z",
                    "--tier=kept")
                .out())
        .isEqualTo(
            alarms(
                "plant/m1 overload 2026-01-05T08:04:30Z, open at the end, WARNING: at 130 % for 30 s"));
    assertThat(backtest("--attribute=ratedCurrent=10", "--site=hall 3").out())
        .containsExactly("0 alarms");
    assertThat(backtest("--attribute=ratedCurrent=10", "--device=it's,1").err()).isEmpty();
  }

  @Test
  void nameplatesComeFromTheBrokerAndAFileCountsBeforeThem() throws Exception {
    try (LocalMosquitto broker = LocalMosquitto.start(folder.resolve("mqtt"))) {
      Mqtt5BlockingClient client =
          MqttClient.builder()
              .useMqttVersion5()
              .serverHost("127.0.0.1")
              .serverPort(broker.port())
              .buildBlocking();
      client.connect();
      for (String device : List.of("m1", "m2")) {
        client
            .publishWith()
            .topic("site/plant/device/" + device + "/attributes")
            .payload("{\"ratedCurrent\":10}".getBytes(StandardCharsets.UTF_8))
            .qos(com.hivemq.client.mqtt.datatypes.MqttQos.AT_LEAST_ONCE)
            .retain(true)
            .send();
      }
      client.disconnect();
      Path file =
          Files.writeString(folder.resolve("devices.yaml"), "plant/m1: {ratedCurrent: 20}\n");
      Printed printed =
          Printed.by(
              folder,
              "backtest",
              "--from=influx",
              "--config=" + config,
              "--set=mqtt.uri=" + broker.uri(),
              "--attributes=" + file);
      assertThat(printed.out()).isEqualTo(alarms(HistoryFixture.ALARMS.get(0)));
      assertThat(printed.err())
          .containsExactly(
              "hall 3/it's,1: no ratedCurrent among the fields or on the nameplate (--attributes); not"
                  + " evaluated: overload");
    }
  }

  @Test
  void devicesWithoutANameplateAreNamedAndSoIsABrokerThatIsNotThere() {
    Printed printed =
        Printed.by(
            folder,
            "backtest",
            "--from=influx",
            "--config=" + config,
            "--set=mqtt.uri=tcp://127.0.0.1:1",
            "--site=plant");
    assertThat(printed.status()).isZero();
    assertThat(printed.err()).hasSize(2);
    assertThat(printed.err().get(0))
        .startsWith("motorwatch: without the nameplates that devices published: ")
        .contains("127.0.0.1:1")
        .endsWith("; give them by --attributes FILE, or do not ask (--no-broker)");
    assertThat(printed.err().get(1))
        .isEqualTo(
            "plant/m1, plant/m2: no ratedCurrent among the fields or on the nameplate (--attributes);"
                + " not evaluated: overload");
  }

  @Test
  void historyThatIsShorterThanAskedIsSaidWithItsPrice() {
    assertThat(
            backtest(
                    "--attribute=ratedCurrent=10",
                    "--device=m2",
                    "--since=2025-12-06T08:00:00Z",
                    "--until=2026-01-05T08:10:00Z")
                .err())
        .containsExactly(
            "history is shorter than asked: its oldest reading is of 2026-01-05T08:00:00Z. To have 31d,"
                + " set tiers.hot.keep (now 1d) to at least that; these devices write 87,045 values a"
                + " day, so it takes 8 MB to 16 MB (3 bytes a value by InfluxData's sizing guide, 6 as"
                + " measured on noisy values)");
  }

  @Test
  void whatIsWrongIsSaidInOneLine() {
    assertThat(backtest("--set=influx.url=http://127.0.0.1:1"))
        .isEqualTo(
            wrong(
                "cannot reach InfluxDB at http://127.0.0.1:1, connection refused: check influx.url and"
                    + " that InfluxDB runs"));
    assertThat(backtest("--set=influx.database=nobody"))
        .isEqualTo(
            wrong(
                "InfluxDB at "
                    + database.url()
                    + " has no readings in nobody/hot: check influx.database and --tier"));
    assertThat(backtest("--tier=warm"))
        .isEqualTo(
            wrong(
                "InfluxDB at "
                    + database.url()
                    + " has no readings in motorwatch/warm: check influx.database and --tier"));
    assertThat(backtest("--device=m9"))
        .isEqualTo(
            wrong(
                "none of the 3 devices in motorwatch/hot at "
                    + database.url()
                    + " is asked for by --site and --device; there are hall 3/it's,1, plant/m1,"
                    + " plant/m2"));
    assertThat(backtest("--since=2026-02-01", "--until=2026-02-02T06:00:00Z"))
        .isEqualTo(
            wrong(
                "no readings of these devices from 2026-02-01T00:00:00Z to 2026-02-02T06:00:00Z in"
                    + " motorwatch/hot at "
                    + database.url()
                    + ", which has some from 2026-01-05T08:00:00Z to 2026-01-05T08:05:30Z; nothing to"
                    + " run"));
    assertThat(backtest("--since=yesterday").err())
        .containsExactly(
            "motorwatch: --since: 'yesterday' is neither a time such as 2026-01-31T06:00:00Z or"
                + " 2026-01-31, nor a duration back from now such as 7d");
    assertThat(Printed.by(folder, "backtest", "--from=influx", "--patterns=patterns.yaml").status())
        .isEqualTo(2);
    assertThat(Printed.by(folder, "backtest", "--patterns=patterns.yaml").status()).isEqualTo(2);
  }

  private static Printed wrong(String message) {
    return new Printed(2, List.of(), List.of("motorwatch: " + message));
  }
}
