package io.motorwatch.patterns.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.Alarm;
import io.motorwatch.model.DeviceId;
import io.motorwatch.patterns.definition.PatternFileParser;
import io.motorwatch.patterns.definition.PatternSet;
import io.motorwatch.patterns.operator.OperatorHarness;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Alarms in all they say, extremes included, whether or not the job fails between the readings. */
class RestartsChangeNothingTest {

  private static final int FILES = Integer.getInteger("oracle.files", 150);
  private static final int READINGS = 60;
  private static final long SEED = Long.getLong("oracle.seed", 42);
  private static final DeviceId DEVICE = new DeviceId("x", "m");

  @Test
  void alarmsAreTheSameWhereverTheJobFailed() throws Exception {
    long alarms = 0;
    for (int f = 0; f < FILES; f++) {
      long seed = SEED * 2_000_003 + f;
      Random random = new Random(seed);
      String file = RandomFile.next(random);
      List<PatternSet> sets = List.of(PatternFileParser.parse(file));
      List<HistoryReading> history = RandomHistory.next(random, sets, READINGS);
      List<Alarm> calm = run(file, history, null);
      alarms += calm.size();
      assertThat(run(file, history, random)).as("seed %d%n%s", seed, file).isEqualTo(calm);
    }
    assertThat(alarms).isGreaterThan(FILES * 2L);
  }

  private static List<Alarm> run(String file, List<HistoryReading> history, Random failures)
      throws Exception {
    try (OperatorHarness operator = new OperatorHarness(file)) {
      for (HistoryReading moment : history) {
        if (failures != null && failures.nextInt(3) == 0) {
          operator.restartWith(file);
        }
        operator.attributes(moment.attributes());
        operator.reading(DEVICE, moment.at(), moment.values());
      }
      return operator.alarms();
    }
  }
}
