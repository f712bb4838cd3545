package io.motorwatch.sink.influx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerationProbeTest {

  @ParameterizedTest
  @CsvSource({"1.6.7, V1", "v1.8.10, V1", "v2.7.10, V2", "2.7.1, V2", "3.0.1, V3", "dev, V2"})
  void shouldTellTheGenerationByTheVersion(String version, InfluxApi api) {
    assertThat(GenerationProbe.generation(version)).isEqualTo(api);
  }
}
