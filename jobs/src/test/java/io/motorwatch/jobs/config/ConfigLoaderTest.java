package io.motorwatch.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.motorwatch.jobs.topology.ConnectedOutputs;
import io.motorwatch.model.connection.TlsFiles;
import io.motorwatch.mqtt.MqttVersion;
import io.motorwatch.tiers.FurtherStatistics;
import io.motorwatch.tiers.TierSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {

  private static final Path SHIPPED = Path.of("../conf/motorwatch.yaml");

  @TempDir Path folder;

  private Path file(String text) throws Exception {
    Files.writeString(folder.resolve("patterns.yaml"), "x");
    return Files.writeString(folder.resolve("motorwatch.yaml"), text);
  }

  @Test
  void theShippedFileGivesEveryKeyItsDefault() throws Exception {
    MotorwatchConfig shipped = ConfigLoader.load(SHIPPED, List.of(), Map.of());
    MotorwatchConfig defaults =
        ConfigLoader.load(file("patterns: {file: patterns.yaml}"), List.of(), Map.of());
    assertThat(shipped.mqtt()).isEqualTo(defaults.mqtt());
    assertThat(shipped.influx()).isEqualTo(defaults.influx());
    assertThat(shipped.timeline()).isEqualTo(defaults.timeline());
    assertThat(shipped.tiers()).isEqualTo(defaults.tiers());
    // The shipped file names the folder that run takes in any case.
    assertThat(shipped.checkpoint().intervalMs()).isEqualTo(defaults.checkpoint().intervalMs());
    assertThat(shipped.checkpoint().dir()).isEqualTo(shipped.checkpoint().usual().normalize());
    assertThat(defaults.checkpoint().dir()).isNull();
    assertThat(defaults.checkpoint().withFolder().dir())
        .isEqualTo(folder.resolve("motorwatch-state"));
    assertThat(shipped.commands()).isEqualTo(defaults.commands());
    assertThat(shipped.tiers().aggregated().get(1).everyMs()).isEqualTo(900_000);
  }

  @Test
  void theDatabasesTlsFilesAreFoundBesideTheConfig() throws Exception {
    Files.writeString(folder.resolve("ca.pem"), "x");
    MotorwatchConfig config =
        ConfigLoader.load(
            file(
                "influx: {url: 'https://db:8086', tls: {ca: ca.pem, cert: ca.pem, key: ca.pem,"
                    + " hostname-verification: false}}\npatterns: {file: patterns.yaml}"),
            List.of(),
            Map.of());
    String file = folder.resolve("ca.pem").toString();
    assertThat(ConnectedOutputs.connection(config.influx()).tls())
        .isEqualTo(new TlsFiles(file, file, file, false));
  }

  @Test
  void theVersionOfMqttIsFoundOutUnlessOneIsForced() throws Exception {
    Path file = file("patterns: {file: patterns.yaml}");
    assertThat(ConfigLoader.load(file, List.of(), Map.of()).mqtt().version())
        .isEqualTo(MqttVersion.AUTO);
    assertThat(ConfigLoader.load(file, List.of("mqtt.version=3"), Map.of()).mqtt().version())
        .isEqualTo(MqttVersion.V3);
  }

  @Test
  void tiersCanHaveFurtherStatisticsAndDaysOfAZone() throws Exception {
    Path file =
        file(
            "tiers: {warm: {quantiles: [0.5, 0.95], stddev: true}, time-zone: Europe/Berlin}\n"
                + "patterns: {file: patterns.yaml}");
    TierSettings tiers = ConfigLoader.load(file, List.of(), Map.of()).tiers();
    assertThat(tiers.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(tiers.aggregated())
        .extracting(TierSettings.Tier::further)
        .containsExactly(
            new FurtherStatistics(true, List.of(0.5, 0.95)),
            FurtherStatistics.NONE,
            FurtherStatistics.NONE);
  }

  @Test
  void aConfigInAnotherEncodingIsReportedAsSuch() throws Exception {
    Path file = folder.resolve("motorwatch.yaml");
    Files.writeString(file, "influx: {database: h\u00e4lle}", StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> ConfigLoader.load(file, List.of(), Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage("the config file " + file + " is not UTF-8 text");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "mqtt: {urii: x} | mqtt.urii (",
        "mqtt: {urii: x} | (did you mean 'mqtt.uri'?)",
        "mqtt: {uri: http://x} | unknown scheme 'http': use tcp (or mqtt), ssl (or mqtts), ws or wss",
        "'mqtt: {topics: [\"a/{device}\", \"{site}/{device}\"]}' | mqtt.topics (FILE line 1): 'a/{device}' and '{site}/{device}' cover the same topics, so that each reading would come twice",
        "'mqtt: {topics: [\"a/{device}\", \"a/{device}/telemetry\"]}' | mqtt.topics (FILE line 1): 'a/{device}' is there twice",
        "'mqtt: {topics: [\"a/{device}/status\"]}' | topic template 'a/{device}/status': write a/{device}",
        "mqtt: {uri: tcp:///x} | tcp://… needs a host name",
        "'mqtt: {uri: ''tcp://a b:1883''}' | mqtt.uri (FILE line 1): not a URI: Illegal character",
        "'mqtt: {uri: ''tcp://broker:99999''}' | port 99999 is above the highest there is, 65535",
        "'mqtt: {uri: ''ws://my_broker:80''}' | over WebSockets the host name 'my_broker' cannot be used",
        "'influx: {url: ''http://influx:8086/%''}' | influx.url (FILE line 1): not a URL: Malformed escape",
        "'influx: {url: ''http://influx_db:8086''}' | influx.url (FILE line 1): not a host name and port",
        "mqtt: {version: 4} | must be auto, 5 or 3, not '4'",
        "mqtt: {topics: [a/b]} | topic template 'a/b': it needs the level {device} exactly once",
        "'mqtt: {topics: [\"site/#/{device}\"]}' | mqtt.topics (FILE line 1): topic template 'site/#/{device}': level '#' has a wildcard",
        "'mqtt: {topics: [\"a{device}\"]}' | topic template 'a{device}': level 'a{device}' is neither",
        "'mqtt: {topics: [\"x/{device}/{device}\"]}' | 'x/{device}/{device}': it needs the level {device} exactly once",
        "'mqtt: {topics: [\"b/{device}\", \"\"]}' | topic template '': level 1 is empty",
        "'mqtt: {client-id-prefix: a/b}' | client-id prefix 'a/b': 1 to 200 characters",
        "mqtt: {sessions: 0} | mqtt.sessions",
        "influx: {api: v9} | must be auto, v1, v2 or v3",
        "tiers: {hot: {keep: 5m}} | tiers.hot.keep",
        "tiers: {cold: {every: 90s}} | must be a multiple of tiers.warm.every",
        "'tiers: {warm: {quantiles: [0.5, 95]}}' | a quantile must be from 0.0001 to 0.9999, not 95",
        "'tiers: {warm: {quantiles: [0.5, 0.5]}}' | tiers.warm.quantiles (",
        "tiers: {cold: {stddev: 2}} | tiers.cold.stddev (",
        "tiers: {time-zone: Mars} | must be a time zone such as UTC or Europe/Berlin, not 'Mars'",
        "'tiers: {cold: {every: 1h}, time-zone: Asia/Kolkata}' | lies within a window of tiers.cold",
        "timeline: {max-future: soon} | must be a duration",
        "patterns: {file: nowhere.yaml} | patterns.file (",
        "checkpoint: {interval: 5} | checkpoint.interval (",
        "'mqtt: {uri: []}' | mqtt.uri (FILE line 1): takes one value, not a list",
        "'mqtt: {uri: [tcp://a:1, tcp://b:2]}' | mqtt.uri (FILE line 1): takes one value, not a list",
        "'mqtt: {username: u, password: []}' | mqtt.password (FILE line 1): takes one value",
        "'mqtt: {tls: {ca: [a.pem]}}' | mqtt.tls.ca (FILE line 1): takes one value",
        "'influx: {tls: {ca: [a.pem]}}' | influx.tls.ca (FILE line 1): takes one value",
        "'influx: {tls: {ca: nowhere.pem}}' | influx.tls.ca (FILE line 1): cannot read",
        "'influx: {tls: {key: patterns.yaml}}' | influx.tls.key (FILE line 1): a key needs its certificate: give influx.tls.cert too",
        "'influx: {tls: {ca: patterns.yaml}}' | influx.url (default): is http://, which uses no TLS",
        "'influx: {database: a/b}' | influx.database (FILE line 1): must not contain '/'",
        "'mqtt: {topics: []}' | mqtt.topics (FILE line 1): must list at least one",
        "'influx: {token: []}' | influx.token (FILE line 1): takes one value",
        "'influx: {token: [a], token-file: b}' | influx.token (FILE line 1): takes one value",
        "'influx: {token-file: []}' | influx.token-file (FILE line 1): takes one value",
        "'influx: {org: [a, b]}' | influx.org (FILE line 1): takes one value",
        "'checkpoint: {dir: []}' | checkpoint.dir (FILE line 1): takes one value",
        "'influx: {database: \"\"}' | influx.database (FILE line 1): must not be empty",
        "'influx: {database: \"  \"}' | influx.database (FILE line 1): must not be empty",
        "'influx: {token: \"\"}' | influx.token (FILE line 1): must not be empty",
        "'mqtt: {username: \"\"}' | mqtt.username (FILE line 1): must not be empty",
        "'mqtt: {tls: {ca: \"\"}}' | mqtt.tls.ca (FILE line 1): must not be empty",
        "'patterns: {file: \"\"}' | patterns.file (FILE line 1): must not be empty",
        "'checkpoint: {dir: \"\"}' | checkpoint.dir (FILE line 1): must not be empty",
        "'mqtt: {password: x}' | mqtt.password (FILE line 1): a password without mqtt.username",
        "'timeline: {forget-after: 1s, reorder-window: 1s}' | timeline.forget-after (FILE line 1): must be longer than timeline.reorder-window, 1s",
        "'timeline: {reorder-window: 31d}' | timeline.reorder-window (FILE line 1): must be shorter than timeline.forget-after, 30d",
        "mqtt: [1] | unknown key mqtt",
        "'mqtt: {uri' | not YAML",
      })
  void refusesNamingKeyAndPlace(String text, String message) throws Exception {
    Path file =
        file(text.startsWith("patterns") ? text : text + "\npatterns: {file: patterns.yaml}");
    assertThatThrownBy(() -> ConfigLoader.load(file, List.of(), Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message.replace("FILE", file.toString()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mqtt.uri=tcp://user:s3cr%t word@host:1883",
        "mqtt.uri=tcp://user:s3cr3t@host:1883",
        "mqtt.uri=tcp://user:s3cr3t@my_broker:1883",
        "mqtt.uri=//user:s3cr3t@my_broker:1883",
        "influx.url=http://user:s3cr3t@host:8086",
        "influx.url=http://host:8086/write?p=s3cr%t word"
      })
  void anAddressIsRefusedWithoutPrintingThePasswordInIt(String setting) throws Exception {
    Path file = file("patterns: {file: patterns.yaml}");
    assertThatThrownBy(() -> ConfigLoader.load(file, List.of(setting), Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(setting.substring(0, setting.indexOf('=')) + " (--set): ")
        .hasMessageNotContainingAny("s3cr", "word@");
  }

  @Test
  void namesOfContainersAreHostNames() throws Exception {
    Path file = file("mqtt: {uri: 'tcp://my_broker:1884'}\npatterns: {file: patterns.yaml}");
    MqttConfig mqtt = ConfigLoader.load(file, List.of(), Map.of()).mqtt();
    assertThat(mqtt.broker().host()).isEqualTo("my_broker");
    assertThat(mqtt.broker().port()).isEqualTo(1884);
    assertThat(mqtt.broker()).hasToString("tcp://my_broker:1884");
  }

  @ParameterizedTest
  @ValueSource(strings = {"patterns.file", "influx.token-file", "mqtt.signing.keys-file"})
  void aFolderIsNoFile(String key) throws Exception {
    Path file = file("patterns: {file: patterns.yaml}");
    assertThatThrownBy(() -> ConfigLoader.load(file, List.of(key + "=" + folder), Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(key + " (--set): " + folder + " is a folder; it takes a file");
  }

  @Test
  void aDeviceMayBeForgottenAsSoonAsItIsSilent() throws Exception {
    Path file =
        file(
            "timeline: {silent-after: 1h, forget-after: 2s, reorder-window: 1s}\n"
                + "patterns: {file: patterns.yaml}");
    assertThat(ConfigLoader.load(file, List.of(), Map.of()).timeline().forgetAfter())
        .isEqualTo(2000);
  }
}
