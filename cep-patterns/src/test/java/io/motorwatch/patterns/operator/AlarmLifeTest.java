package io.motorwatch.patterns.operator;

import static io.motorwatch.patterns.operator.SinglePatternFixture.acknowledge;
import static io.motorwatch.patterns.operator.SinglePatternFixture.bench;
import static io.motorwatch.patterns.operator.SinglePatternFixture.commands;
import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.AlarmRequest;
import io.motorwatch.model.AlarmRequest.Acknowledge;
import io.motorwatch.model.Attributes;
import io.motorwatch.model.DeviceId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What becomes of alarms besides being raised and cleared: told again, latched, acknowledged,
 * flapping.
 */
class AlarmLifeTest {

  @Test
  void anOpenAlarmIsToldAgainUntilItIsAcknowledged() throws Exception {
    try (OperatorHarness bench = bench(", re-alarm: 10s")) {
      for (long at = 0; at <= 25_000; at += 1000) {
        bench.current(at, 11);
      }
      bench.failAndRestore();
      bench.ask(acknowledge());
      bench.ask(acknowledge());
      for (long at = 26_000; at <= 60_000; at += 1000) {
        bench.current(at, 11);
      }
      bench.current(61_000, 5);
      assertThat(bench.lines())
          .containsExactly(
              "RAISED a 0.0 0.0",
              "REPEATED a 0.0 10.0",
              "REPEATED a 0.0 20.0",
              "ACKNOWLEDGED a 0.0 25.0",
              "CLEARED a 0.0 61.0");
      assertThat(bench.alarms().get(3).message()).isEqualTo("Acknowledged by Anna: A");
      assertThat(bench.alarms().get(3).reason()).isEqualTo("by Anna");
    }
  }

  @Test
  void aLatchedAlarmStaysOpenAfterItsConditionUntilAcknowledged() throws Exception {
    try (OperatorHarness bench = bench(", latch: true")) {
      bench.current(0, 11);
      bench.current(1000, 5);
      bench.current(2000, 11);
      bench.current(3000, 5);
      bench.failAndRestore();
      bench.ask(acknowledge());
      bench.current(4000, 11);
      assertThat(bench.lines())
          .containsExactly(
              "RAISED a 0.0 0.0",
              "RETURNED a 0.0 1.0",
              "REPEATED a 0.0 2.0",
              "RETURNED a 0.0 3.0",
              "ACKNOWLEDGED a 0.0 3.0",
              "CLEARED a 0.0 3.0",
              "RAISED a 4.0 4.0");
      assertThat(bench.alarms().stream().map(alarm -> alarm.ordinal()))
          .containsExactly(0, 0, 0, 0, 1, 2, 0);
    }
  }

  @Test
  void aReturnedAlarmThatComesAgainIsUnacknowledgedAndGoingOnAgain() throws Exception {
    String rules = ", latch: true, re-alarm: 10s, command: stop, message: 'High: {value}'";
    try (OperatorHarness bench = bench(rules)) {
      bench.current(0, 11);
      bench.current(1000, 5);
      bench.current(11_000, 5);
      bench.failAndRestore();
      bench.current(12_000, 13);
      bench.current(22_000, 13);
      bench.ask(acknowledge());
      bench.current(23_000, 13);
      bench.current(24_000, 5);
      assertThat(bench.alarms().stream().map(alarm -> alarm.at() / 1000 + " " + alarm.message()))
          .containsExactly(
              "0 High: 11",
              "1 Back to normal after 1 s, peak 11, to be acknowledged: A",
              "11 Back to normal, still to be acknowledged, peak 11: A",
              "12 High: 13",
              "22 High: 13",
              "22 Acknowledged by Anna: A",
              "24 Cleared after 24 s, peak 13: A");
      assertThat(bench.lines().subList(2, 5))
          .containsExactly("REPEATED a 0.0 11.0", "REPEATED a 0.0 12.0", "REPEATED a 0.0 22.0");
      assertThat(commands(bench)).containsExactly("RAISED 0 \"stop\"");
    }
  }

  @Test
  void neitherAGapNorAMissingFieldBringsAReturnedAlarmBack() throws Exception {
    try (OperatorHarness bench = bench(", latch: true, clear: {off: high, for: 2s}")) {
      bench.current(0, 11);
      bench.current(1000, 5);
      bench.current(3000, 5);
      bench.reading(OperatorHarness.DEVICE, 9_000_000, Map.of("speed", 1.0));
      bench.current(9_001_000, 5);
      bench.ask(acknowledge());
      bench.current(9_002_000, 5);
      assertThat(bench.lines())
          .containsExactly(
              "RAISED a 0.0 0.0",
              "RETURNED a 0.0 3.0",
              "ACKNOWLEDGED a 0.0 9001.0",
              "CLEARED a 0.0 9001.0");
    }
  }

  @Test
  void aLatchedAlarmAcknowledgedWhileItGoesOnClearsByItself() throws Exception {
    try (OperatorHarness bench = bench(", latch: true")) {
      bench.current(0, 11);
      bench.ask(acknowledge());
      bench.current(1000, 11);
      bench.current(2000, 5);
      assertThat(bench.lines())
          .containsExactly("RAISED a 0.0 0.0", "ACKNOWLEDGED a 0.0 0.0", "CLEARED a 0.0 2.0");
    }
  }

  @Test
  void anAlarmIsFoundByItsIdAlone() throws Exception {
    try (OperatorHarness bench = bench(", latch: true")) {
      bench.reading(new DeviceId("plant", "motor-2"), 0, Map.of("current", 11.0));
      bench.current(500, 11);
      String id = bench.alarms().get(1).episode().alarmId();
      for (String copy : List.of("1", "2")) {
        bench.ask(new AlarmRequest(new DeviceId("+", copy), id, "", new Acknowledge(), "", 7));
      }
      assertThat(bench.lines())
          .containsExactly("RAISED a 0.0 0.0", "RAISED a 0.5 0.5", "ACKNOWLEDGED a 0.5 0.5");
    }
  }

  @Test
  void whatIsNotOpenCannotBeAcknowledgedAndSaysSo() throws Exception {
    try (OperatorHarness bench = bench("")) {
      bench.ask(acknowledge());
      bench.current(0, 5);
      bench.ask(acknowledge());
      assertThat(bench.refused().stream().map(each -> each.detail()))
          .containsExactly(
              "pattern a: the device has sent nothing", "pattern a: the alarm is not open");
      assertThat(bench.lines()).isEmpty();
    }
  }

  @Test
  void moreRaisesThanAllowedBecomeOneFlappingAlarmThatEndsOnceAllIsQuiet() throws Exception {
    try (OperatorHarness bench = bench(", flapping: {more-than: 2, within: 20s}")) {
      for (long at = 0; at < 60_000; at += 4_000) {
        bench.current(at, 11);
        bench.current(at + 2_000, 5);
        if (at == 8_000) {
          bench.failAndRestore();
        }
      }
      bench.current(77_000, 5);
      bench.current(78_000, 5);
      assertThat(bench.lines())
          .containsExactly(
              "RAISED a 0.0 0.0",
              "CLEARED a 0.0 2.0",
              "RAISED a 4.0 4.0",
              "CLEARED a 4.0 6.0",
              "FLAPPING a 8.0 8.0",
              "CLEARED a 8.0 78.0");
      assertThat(bench.alarms().get(4).message())
          .isEqualTo("Flapping, raised more than 2 times in 20 s: A");
      bench.current(100_000, 5);
      assertThat(bench.state(OperatorHarness.DEVICE).alarms.known()).isEmpty();
    }
  }

  @Test
  void theDeviceIsToldWithTheRaiseAloneAndWithAFlappingAlarmToo() throws Exception {
    String rules =
        ", command: {action: stop}, re-alarm: 2s, escalate: [{after: 1s, severity: MAJOR}],"
            + " flapping: {more-than: 1, within: 10s}";
    try (OperatorHarness bench = bench(rules)) {
      bench.currentEachSecond(0, 4000, 11);
      bench.current(4000, 5);
      bench.failAndRestore();
      bench.current(5000, 11);
      bench.ask(acknowledge());
      bench.currentEachSecond(6000, 20_000, 5);
      assertThat(bench.lines())
          .containsExactly(
              "RAISED a 0.0 0.0",
              "ESCALATED a 0.0 1.0",
              "REPEATED a 0.0 3.0",
              "CLEARED a 0.0 4.0",
              "FLAPPING a 5.0 5.0",
              "ACKNOWLEDGED a 5.0 5.0",
              "ESCALATED a 5.0 6.0",
              "CLEARED a 5.0 16.0");
      assertThat(commands(bench))
          .containsExactly("RAISED 0 {\"action\":\"stop\"}", "FLAPPING 5 {\"action\":\"stop\"}");
    }
  }

  @Test
  void aMessageNamesFieldsAndAttributesBothOfNumbersAndOfText() throws Exception {
    String message =
        ", message: '{motorType} at {hall} of {ratedCurrent} A, {speed} and {unheardOf}: {value}'";
    try (OperatorHarness bench = bench(message)) {
      bench.attributes(
          new Attributes(
              Map.of("ratedCurrent", 10.0),
              Map.of("motorType", "pump", "hall", "north", "speed", "slow"),
              Map.of()));
      bench.reading(OperatorHarness.DEVICE, 0, Map.of("current", 11.0, "speed", 3.5));
      assertThat(bench.alarms().get(0).message()).isEqualTo("pump at north of 10 A, 3.5 and ?: 11");
    }
  }
}
