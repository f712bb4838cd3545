package io.motorwatch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResultTest {

  @Test
  void itsMembersAreInTheOrderGiven() {
    assertThat(new Result("stages", "parse").with("devices", 20L).with("ratio", 1 / 3.0).toString())
        .isEqualTo("{\"bench\":\"stages\",\"variant\":\"parse\",\"devices\":20,\"ratio\":0.333}");
  }

  @Test
  void whatIsNoNumberIsLeftOutAsJsonHasNoneOfIt() {
    assertThat(
            new Result("stages", "parse")
                .with("p50Ms", Double.NaN)
                .with("ratio", Double.POSITIVE_INFINITY)
                .toString())
        .isEqualTo("{\"bench\":\"stages\",\"variant\":\"parse\"}");
  }
}
