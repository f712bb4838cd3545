package io.motorwatch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundsTest {

  @Test
  void theVariantsTakeTurnsAndTheLeastOfEachCountsButNotTheFirst() throws Exception {
    List<String> order = new ArrayList<>();
    double[] cpuSeconds = {0.1, 0.1, 5, 8, 3, 9, 4, 7};
    Map<String, Cost> least =
        Rounds.least(
            3,
            List.of("ours", "theirs"),
            variant -> {
              order.add(variant);
              return new Cost(order.size(), cpuSeconds[order.size() - 1]);
            });
    assertThat(order)
        .containsExactly("ours", "theirs", "ours", "theirs", "ours", "theirs", "ours", "theirs");
    assertThat(least).containsExactly(entry("ours", 5, 3), entry("theirs", 8, 7));
  }

  private static Map.Entry<String, Cost> entry(String variant, double seconds, double cpuSeconds) {
    return Map.entry(variant, new Cost(seconds, cpuSeconds));
  }
}
