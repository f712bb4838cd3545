package io.motorwatch.patterns.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.DeviceId;
import io.motorwatch.patterns.definition.PatternFileParser;
import io.motorwatch.patterns.definition.PatternSet;
import io.motorwatch.patterns.operator.Bench;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The operator against the oracle, on random pattern files and random readings. */
class OracleTest {

  private static final int FILES = Integer.getInteger("oracle.files", 300);
  private static final int DEVICES = 10;
  private static final int READINGS = 60;
  private static final long SEED = Long.getLong("oracle.seed", 42);

  @Test
  void theAlarmsOfThousandsOfRandomHistoriesAreTheOraclesToTheReading() throws Exception {
    long alarms = 0;
    for (int f = 0; f < FILES; f++) {
      long seed = SEED * 1_000_003 + f;
      Random random = new Random(seed);
      String file = RandomFile.next(random);
      PatternSet set = PatternFileParser.parse(file);
      try (Bench bench = new Bench(file)) {
        for (int d = 0; d < DEVICES; d++) {
          DeviceId device = new DeviceId(d % 2 == 0 ? "x" : "y", d < 4 ? "m" : "m" + d);
          List<Moment> history = RandomHistory.next(random, set, READINGS);
          if (d == 2 || d == 3) {
            continue; // The same names again: their state would go on.
          }
          List<String> expected = Oracle.alarms(history, device);
          alarms += expected.size();
          if (!expected.equals(run(bench, device, history))) {
            fail(seed, file, device, history);
          }
        }
      }
    }
    assertThat(alarms).as("alarms compared").isGreaterThan(FILES * 15L);
  }

  private static List<String> run(Bench bench, DeviceId device, List<Moment> history)
      throws Exception {
    bench.takeAlarms();
    for (Moment moment : history) {
      bench.attributes(moment.attributes());
      bench.reading(device, moment.at(), moment.values());
    }
    return bench.takeAlarms().stream().map(Bench::line).toList();
  }

  /** Reports the smallest history that still differs, found by leaving readings out. */
  private static void fail(long seed, String file, DeviceId device, List<Moment> history)
      throws Exception {
    List<Moment> shrunk = new ArrayList<>(history);
    for (int i = shrunk.size() - 1; i >= 0; i--) {
      List<Moment> fewer = new ArrayList<>(shrunk);
      fewer.remove(i);
      if (!Oracle.alarms(fewer, device).equals(alone(file, device, fewer))) {
        shrunk = fewer;
      }
    }
    StringBuilder text = new StringBuilder("seed " + seed + ", device " + device + "\n" + file);
    for (Moment moment : shrunk) {
      text.append(moment.at()).append(" ").append(moment.values());
      text.append(" ").append(moment.attributes()).append("\n");
    }
    assertThat(alone(file, device, shrunk))
        .as(text.toString())
        .isEqualTo(Oracle.alarms(shrunk, device));
  }

  private static List<String> alone(String file, DeviceId device, List<Moment> history)
      throws Exception {
    try (Bench bench = new Bench(file)) {
      return run(bench, device, history);
    }
  }
}
