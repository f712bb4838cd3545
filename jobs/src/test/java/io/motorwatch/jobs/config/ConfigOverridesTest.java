package io.motorwatch.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts where the file, the environment and the command line all have a key. */
class ConfigOverridesTest {

  @TempDir Path folder;

  private Path file(String text) throws Exception {
    Files.writeString(folder.resolve("patterns.yaml"), "x");
    return Files.writeString(folder.resolve("motorwatch.yaml"), text);
  }

  @Test
  void theEnvironmentOverridesTheFileAndTheCommandLineBoth() throws Exception {
    Path file =
        file("influx: {database: one, org: two, username: three}\npatterns: {file: patterns.yaml}");
    MotorwatchConfig config =
        ConfigLoader.load(
            file,
            List.of("influx.org=line", "mqtt.topics=[a/{device}, b/{device}]"),
            Map.of("MOTORWATCH_INFLUX_ORG", "env", "MOTORWATCH_INFLUX_DATABASE", "env"));
    assertThat(config.influx().database()).isEqualTo("env");
    assertThat(config.influx().org()).isEqualTo("line");
    assertThat(config.mqtt().topics()).containsExactly("a/{device}", "b/{device}");
  }

  @Test
  void aSecretCanComeFromAFileBesideTheConfigAndIsNeverPrinted() throws Exception {
    Files.writeString(folder.resolve("token"), "s3cret\n");
    Path file = file("influx: {token-file: token}\npatterns: {file: patterns.yaml}");
    MotorwatchConfig config = ConfigLoader.load(file, List.of(), Map.of());
    assertThat(config.influx().token().reveal()).isEqualTo("s3cret");
    assertThat(config.toString()).doesNotContain("s3cret");
  }

  @Test
  void ofASecretAndItsFileTheOneFromTheStrongerPlaceCounts() throws Exception {
    Files.writeString(folder.resolve("token"), "filed");
    Path both = file("influx: {token: x, token-file: token}\npatterns: {file: patterns.yaml}");
    Map<String, String> environment = Map.of("MOTORWATCH_INFLUX_TOKEN", "env");
    assertThat(token(both, List.of(), Map.of())).isEqualTo("filed");
    assertThat(token(both, List.of(), environment)).isEqualTo("env");
    assertThat(token(both, List.of("influx.token-file=token"), environment)).isEqualTo("filed");
    assertThat(token(both, List.of("influx.token=line"), environment)).isEqualTo("line");
  }

  private static String token(Path file, List<String> overrides, Map<String, String> environment)
      throws ConfigException {
    return ConfigLoader.load(file, overrides, environment).influx().token().reveal();
  }

  @Test
  void anEmptyListOnTheCommandLineIsRefusedNamingTheKey() throws Exception {
    Path file = file("patterns: {file: patterns.yaml}");
    assertThatThrownBy(() -> ConfigLoader.load(file, List.of("mqtt.uri=[]"), Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("mqtt.uri (--set): ");
    assertThatThrownBy(() -> ConfigLoader.load(file, List.of("mqtt.topics=[]"), Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage("mqtt.topics (--set): must list at least one");
  }

  @Test
  void bracketsAndCommasOfAPasswordAreItsOwn() throws Exception {
    Path file = file("mqtt: {username: u}\npatterns: {file: patterns.yaml}");
    assertThat(password(file, List.of(), Map.of("MOTORWATCH_MQTT_PASSWORD", "[a,b]")))
        .isEqualTo("[a,b]");
    assertThat(password(file, List.of("mqtt.password=['a']"), Map.of())).isEqualTo("['a']");
  }

  private static String password(Path file, List<String> overrides, Map<String, String> environment)
      throws ConfigException {
    MqttConfig mqtt = ConfigLoader.load(file, overrides, environment).mqtt();
    return mqtt.broker().credentials().password().reveal();
  }

  @Test
  void anEmptyEnvironmentVariableCountsAsNotSet() throws Exception {
    Path file =
        file(
            "influx: {token: filed}\nmqtt: {topics: [\"a/{device}\"]}\n"
                + "patterns: {file: patterns.yaml}");
    Map<String, String> environment =
        Map.of("MOTORWATCH_INFLUX_TOKEN", "", "MOTORWATCH_MQTT_TOPICS", "");
    assertThat(token(file, List.of(), environment)).isEqualTo("filed");
    assertThat(ConfigLoader.load(file, List.of(), environment).mqtt().topics())
        .containsExactly("a/{device}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "influx.token",
        "influx.token-file",
        "influx.database",
        "influx.url",
        "mqtt.uri",
        "mqtt.username",
        "mqtt.topics",
        "timeline.oldest",
        "tiers.hot.keep",
        "tiers.warm.quantiles",
        "checkpoint.dir"
      })
  void anEmptyValueOnTheCommandLineIsRefused(String key) throws Exception {
    Path file = file("patterns: {file: patterns.yaml}");
    assertThatThrownBy(() -> ConfigLoader.load(file, List.of(key + "="), Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(key + " (--set): ");
  }

  @Test
  void nullOnTheCommandLineTakesBackWhatTheFileSays() throws Exception {
    Path file = file("influx: {token: filed}\npatterns: {file: patterns.yaml}");
    assertThat(ConfigLoader.load(file, List.of("influx.token=null"), Map.of()).influx().token())
        .isNull();
  }

  @Test
  void anUnknownKeyIsRefusedAlsoWhereItIsTakenBack() throws Exception {
    Path file = file("patterns: {file: patterns.yaml}");
    assertThatThrownBy(() -> ConfigLoader.load(file, List.of("influx.tokn=null"), Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("unknown key influx.tokn (--set)");
  }

  @Test
  void anUnknownKeyIsRefusedAlsoWithNothingBehindIt() throws Exception {
    Path misspelt = file("influx:\n  tokn:\npatterns: {file: patterns.yaml}");
    assertThatThrownBy(() -> ConfigLoader.load(misspelt, List.of(), Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("unknown key influx.tokn (" + misspelt + " line 2)");
    Path section = file("timeline:\npatterns: {file: patterns.yaml}");
    assertThat(ConfigLoader.load(section, List.of(), Map.of()).timeline().silentAfter())
        .isEqualTo(60_000);
  }

  @Test
  void aPasswordMayBeEmptyButItsFileMustNotBe() throws Exception {
    Path named = file("mqtt: {username: u, password: x}\npatterns: {file: patterns.yaml}");
    assertThat(password(named, List.of("mqtt.password="), Map.of())).isEmpty();
    Path nameless = file("mqtt: {password: \"\"}\npatterns: {file: patterns.yaml}");
    assertThat(ConfigLoader.load(nameless, List.of(), Map.of()).mqtt().broker().credentials())
        .isNull();
    Path empty = Files.writeString(folder.resolve("empty"), "\n");
    Path filed = file("mqtt: {username: u, password-file: empty}\npatterns: {file: patterns.yaml}");
    assertThatThrownBy(() -> ConfigLoader.load(filed, List.of(), Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage("mqtt.password-file (" + filed + " line 1): " + empty + " is empty");
  }

  @Test
  void theEnvironmentCanGiveLists() throws Exception {
    Path file = file("patterns: {file: patterns.yaml}");
    Map<String, String> environment =
        Map.of(
            "MOTORWATCH_MQTT_TOPICS", "[\"a/{device}\", 'b/{device}']",
            "MOTORWATCH_TIERS_WARM_QUANTILES", "[]");
    MotorwatchConfig config = ConfigLoader.load(file, List.of(), environment);
    assertThat(config.mqtt().topics()).containsExactly("a/{device}", "b/{device}");
    assertThat(config.tiers().aggregated().get(0).further().quantiles()).isEmpty();
  }
}
