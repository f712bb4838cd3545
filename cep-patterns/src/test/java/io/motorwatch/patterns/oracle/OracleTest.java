package io.motorwatch.patterns.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.DeviceId;
import io.motorwatch.patterns.definition.PatternFileParser;
import io.motorwatch.patterns.definition.PatternSet;
import io.motorwatch.patterns.operator.OperatorHarness;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The operator against the oracle, on random pattern files and random readings. */
class OracleTest {

  private static final int FILES = Integer.getInteger("oracle.files", 150);
  private static final int CHANGING = FILES * 3 / 2;
  private static final int DEVICES = 8;
  private static final int READINGS = 60;
  private static final long SEED = Long.getLong("oracle.seed", 42);

  /** How the operator gets the next file. */
  private interface Change {
    void to(OperatorHarness operator, String file) throws Exception;
  }

  @Test
  void theAlarmsOfThousandsOfRandomHistoriesAreTheOraclesToTheReading() throws Exception {
    assertThat(compare(0, 1, OperatorHarness::publish)).as("alarms").isGreaterThan(FILES * 15L);
  }

  @Test
  void filesThatChangeWhileTheJobRunsGiveTheOraclesAlarms() throws Exception {
    assertThat(compare(1_000_000, 4, OperatorHarness::publish))
        .as("alarms")
        .isGreaterThan(CHANGING * 3L);
  }

  @Test
  void filesThatChangeBetweenASavepointAndARestoreGiveTheSameAsLiveChanges() throws Exception {
    Change restart =
        (operator, file) -> {
          operator.restartWith(file);
          // Whether the operator's own round or the next reading comes first changes nothing.
          if (file.length() % 2 == 0) {
            operator.letTimersFire();
          }
        };
    assertThat(compare(1_000_000, 4, restart)).as("alarms").isGreaterThan(CHANGING * 3L);
  }

  private static long compare(long offset, int changes, Change change) throws Exception {
    long alarms = 0;
    for (int f = 0; f < (changes == 1 ? FILES : CHANGING); f++) {
      long seed = SEED * 1_000_003 + offset + f;
      Random random = new Random(seed);
      List<String> files = RandomFile.versions(random, changes);
      for (int d = 0; d < (changes == 1 ? DEVICES : 2); d++) {
        DeviceId device = new DeviceId(d % 2 == 0 ? "x" : "y", d < 3 ? "m" : "m" + d);
        List<HistoryReading> history = RandomHistory.next(random, sets(files), READINGS);
        List<String> expected = AlarmOracle.alarms(history, device);
        alarms += expected.size();
        if (!expected.equals(alone(files, device, history, change))) {
          fail("seed " + seed + ", device " + device, files, device, history, change);
        }
      }
    }
    return alarms;
  }

  private static List<PatternSet> sets(List<String> files) throws Exception {
    List<PatternSet> sets = new ArrayList<>();
    for (String file : files) {
      sets.add(PatternFileParser.parse(file));
    }
    return sets;
  }

  /** Reports the smallest history that still differs, found by leaving readings out. */
  private static void fail(
      String where,
      List<String> files,
      DeviceId device,
      List<HistoryReading> history,
      Change change)
      throws Exception {
    List<HistoryReading> shrunk = new ArrayList<>(history);
    for (int i = shrunk.size() - 1; i >= 0; i--) {
      List<HistoryReading> fewer = new ArrayList<>(shrunk);
      fewer.remove(i);
      if (!AlarmOracle.alarms(fewer, device).equals(alone(files, device, fewer, change))) {
        shrunk = fewer;
      }
    }
    StringBuilder text = new StringBuilder(where).append("\n").append(String.join("\n", files));
    for (HistoryReading moment : shrunk) {
      text.append(moment.at()).append(" version ").append(moment.set().version()).append(" ");
      text.append(moment.values()).append(" ").append(moment.attributes()).append("\n");
    }
    assertThat(alone(files, device, shrunk, change))
        .as(text.toString())
        .isEqualTo(AlarmOracle.alarms(shrunk, device));
  }

  private static List<String> alone(
      List<String> files, DeviceId device, List<HistoryReading> history, Change change)
      throws Exception {
    long version = 1;
    try (OperatorHarness operator = new OperatorHarness(files.get(0))) {
      for (HistoryReading moment : history) {
        while (version < moment.set().version()) {
          version++;
          if (version == moment.set().version()) {
            change.to(operator, files.get((int) version - 1));
          }
        }
        operator.attributes(moment.attributes());
        operator.reading(device, moment.at(), moment.values());
      }
      return operator.takeAlarms().stream().map(OperatorHarness::line).toList();
    }
  }
}
