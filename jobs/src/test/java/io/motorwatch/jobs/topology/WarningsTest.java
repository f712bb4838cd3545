package io.motorwatch.jobs.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.jobs.config.ConfigLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WarningsTest {

  private static List<String> warnings(String... overrides) throws Exception {
    return ConfiguredJob.warnings(
        ConfigLoader.load(
            Path.of("../conf/motorwatch.yaml"), new ArrayList<>(List.of(overrides)), Map.of()));
  }

  @Test
  void theShippedConfigHasNone() throws Exception {
    assertThat(warnings()).isEmpty();
  }

  @Test
  void aPasswordInClearOnANetworkIsOne() throws Exception {
    String[] login = {"mqtt.username=u", "mqtt.password=hidden", "mqtt.uri=tcp://192.0.2.1"};
    assertThat(warnings(login))
        .singleElement()
        .asString()
        .contains("tcp://192.0.2.1:1883 in clear: use ssl://")
        .doesNotContain("hidden");
    login[2] = "mqtt.uri=tcp://127.0.0.1";
    assertThat(warnings(login)).isEmpty();
    login[2] = "mqtt.uri=ssl://192.0.2.1";
    assertThat(warnings(login)).isEmpty();
  }

  @Test
  void tlsFilesWithoutTlsAreOne() throws Exception {
    assertThat(warnings("mqtt.tls.ca=motorwatch.yaml"))
        .singleElement()
        .asString()
        .contains("mqtt.tls is set, but mqtt.uri is tcp://127.0.0.1:1883, which is not encrypted");
  }
}
