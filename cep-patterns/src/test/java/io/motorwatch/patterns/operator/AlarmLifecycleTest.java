package io.motorwatch.patterns.operator;

import static io.motorwatch.patterns.operator.SinglePatternFixture.acknowledge;
import static io.motorwatch.patterns.operator.SinglePatternFixture.commands;
import static io.motorwatch.patterns.operator.SinglePatternFixture.operatorWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.AlarmRequest;
import io.motorwatch.model.AlarmRequest.Acknowledge;
import io.motorwatch.model.Attributes;
import io.motorwatch.model.DeviceId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The life cycle of alarms besides raising and clearing: reported again, latched, acknowledged,
 * flapping.
 */
class AlarmLifecycleTest {

  @Test
  void anOpenAlarmIsToldAgainUntilItIsAcknowledged() throws Exception {
    try (OperatorHarness operator = operatorWith(", re-alarm: 10s")) {
      for (long at = 0; at <= 25_000; at += 1000) {
        operator.current(at, 11);
      }
      operator.failAndRestore();
      operator.ask(acknowledge());
      operator.ask(acknowledge());
      for (long at = 26_000; at <= 60_000; at += 1000) {
        operator.current(at, 11);
      }
      operator.current(61_000, 5);
      assertThat(operator.lines())
          .containsExactly(
              "RAISED a 0.0 0.0",
              "REPEATED a 0.0 10.0",
              "REPEATED a 0.0 20.0",
              "ACKNOWLEDGED a 0.0 25.0",
              "CLEARED a 0.0 61.0");
      assertThat(operator.alarms().get(3).message()).isEqualTo("Acknowledged by Anna: A");
      assertThat(operator.alarms().get(3).reason()).isEqualTo("by Anna");
    }
  }

  @Test
  void aLatchedAlarmStaysOpenAfterItsConditionUntilAcknowledged() throws Exception {
    try (OperatorHarness operator = operatorWith(", latch: true")) {
      operator.current(0, 11);
      operator.current(1000, 5);
      operator.current(2000, 11);
      operator.current(3000, 5);
      operator.failAndRestore();
      operator.ask(acknowledge());
      operator.current(4000, 11);
      assertThat(operator.lines())
          .containsExactly(
              "RAISED a 0.0 0.0",
              "RETURNED a 0.0 1.0",
              "REPEATED a 0.0 2.0",
              "RETURNED a 0.0 3.0",
              "ACKNOWLEDGED a 0.0 3.0",
              "CLEARED a 0.0 3.0",
              "RAISED a 4.0 4.0");
      assertThat(operator.alarms().stream().map(alarm -> alarm.ordinal()))
          .containsExactly(0, 0, 0, 0, 1, 2, 0);
    }
  }

  @Test
  void aReturnedAlarmThatComesAgainIsUnacknowledgedAndGoingOnAgain() throws Exception {
    String rules = ", latch: true, re-alarm: 10s, command: stop, message: 'High: {value}'";
    try (OperatorHarness operator = operatorWith(rules)) {
      operator.current(0, 11);
      operator.current(1000, 5);
      operator.current(11_000, 5);
      operator.failAndRestore();
      operator.current(12_000, 13);
      operator.current(22_000, 13);
      operator.ask(acknowledge());
      operator.current(23_000, 13);
      operator.current(24_000, 5);
      assertThat(operator.alarms().stream().map(alarm -> alarm.at() / 1000 + " " + alarm.message()))
          .containsExactly(
              "0 High: 11",
              "1 Back to normal after 1 s, peak 11, to be acknowledged: A",
              "11 Back to normal, still to be acknowledged, peak 11: A",
              "12 High: 13",
              "22 High: 13",
              "22 Acknowledged by Anna: A",
              "24 Cleared after 24 s, peak 13: A");
      assertThat(operator.lines().subList(2, 5))
          .containsExactly("REPEATED a 0.0 11.0", "REPEATED a 0.0 12.0", "REPEATED a 0.0 22.0");
      assertThat(commands(operator)).containsExactly("RAISED 0 \"stop\"");
    }
  }

  @Test
  void neitherAGapNorAMissingFieldBringsAReturnedAlarmBack() throws Exception {
    try (OperatorHarness operator = operatorWith(", latch: true, clear: {off: high, for: 2s}")) {
      operator.current(0, 11);
      operator.current(1000, 5);
      operator.current(3000, 5);
      operator.reading(OperatorHarness.DEVICE, 9_000_000, Map.of("speed", 1.0));
      operator.current(9_001_000, 5);
      operator.ask(acknowledge());
      operator.current(9_002_000, 5);
      assertThat(operator.lines())
          .containsExactly(
              "RAISED a 0.0 0.0",
              "RETURNED a 0.0 3.0",
              "ACKNOWLEDGED a 0.0 9001.0",
              "CLEARED a 0.0 9001.0");
    }
  }

  @Test
  void aLatchedAlarmAcknowledgedWhileItGoesOnClearsByItself() throws Exception {
    try (OperatorHarness operator = operatorWith(", latch: true")) {
      operator.current(0, 11);
      operator.ask(acknowledge());
      operator.current(1000, 11);
      operator.current(2000, 5);
      assertThat(operator.lines())
          .containsExactly("RAISED a 0.0 0.0", "ACKNOWLEDGED a 0.0 0.0", "CLEARED a 0.0 2.0");
    }
  }

  @Test
  void anAlarmIsFoundByItsIdAlone() throws Exception {
    try (OperatorHarness operator = operatorWith(", latch: true")) {
      operator.reading(new DeviceId("plant", "motor-2"), 0, Map.of("current", 11.0));
      operator.current(500, 11);
      String id = operator.alarms().get(1).episode().alarmId();
      for (String copy : List.of("1", "2")) {
        operator.ask(new AlarmRequest(new DeviceId("+", copy), id, "", new Acknowledge(), "", 7));
      }
      assertThat(operator.lines())
          .containsExactly("RAISED a 0.0 0.0", "RAISED a 0.5 0.5", "ACKNOWLEDGED a 0.5 0.5");
    }
  }

  @Test
  void whatIsNotOpenCannotBeAcknowledgedAndSaysSo() throws Exception {
    try (OperatorHarness operator = operatorWith("")) {
      operator.ask(acknowledge());
      operator.current(0, 5);
      operator.ask(acknowledge());
      assertThat(operator.refused().stream().map(each -> each.detail()))
          .containsExactly(
              "pattern a: the device has sent nothing", "pattern a: the alarm is not open");
      assertThat(operator.lines()).isEmpty();
    }
  }

  @Test
  void moreRaisesThanAllowedBecomeOneFlappingAlarmThatEndsOnceAllIsQuiet() throws Exception {
    try (OperatorHarness operator = operatorWith(", flapping: {more-than: 2, within: 20s}")) {
      for (long at = 0; at < 60_000; at += 4_000) {
        operator.current(at, 11);
        operator.current(at + 2_000, 5);
        if (at == 8_000) {
          operator.failAndRestore();
        }
      }
      operator.current(77_000, 5);
      operator.current(78_000, 5);
      assertThat(operator.lines())
          .containsExactly(
              "RAISED a 0.0 0.0",
              "CLEARED a 0.0 2.0",
              "RAISED a 4.0 4.0",
              "CLEARED a 4.0 6.0",
              "FLAPPING a 8.0 8.0",
              "CLEARED a 8.0 78.0");
      assertThat(operator.alarms().get(4).message())
          .isEqualTo("Flapping, raised more than 2 times in 20 s: A");
      operator.current(100_000, 5);
      assertThat(operator.state(OperatorHarness.DEVICE).alarms.known()).isEmpty();
    }
  }

  @Test
  void theDeviceIsToldWithTheRaiseAloneAndWithAFlappingAlarmToo() throws Exception {
    String rules =
        ", command: {action: stop}, re-alarm: 2s, escalate: [{after: 1s, severity: MAJOR}],"
            + " flapping: {more-than: 1, within: 10s}";
    try (OperatorHarness operator = operatorWith(rules)) {
      operator.currentEachSecond(0, 4000, 11);
      operator.current(4000, 5);
      operator.failAndRestore();
      operator.current(5000, 11);
      operator.ask(acknowledge());
      operator.currentEachSecond(6000, 20_000, 5);
      assertThat(operator.lines())
          .containsExactly(
              "RAISED a 0.0 0.0",
              "ESCALATED a 0.0 1.0",
              "REPEATED a 0.0 3.0",
              "CLEARED a 0.0 4.0",
              "FLAPPING a 5.0 5.0",
              "ACKNOWLEDGED a 5.0 5.0",
              "ESCALATED a 5.0 6.0",
              "CLEARED a 5.0 16.0");
      assertThat(commands(operator))
          .containsExactly("RAISED 0 {\"action\":\"stop\"}", "FLAPPING 5 {\"action\":\"stop\"}");
    }
  }

  @Test
  void aMessageNamesFieldsAndAttributesBothOfNumbersAndOfText() throws Exception {
    String message =
        ", message: '{motorType} at {hall} of {ratedCurrent} A, {speed} and {unheardOf}: {value}'";
    try (OperatorHarness operator = operatorWith(message)) {
      operator.attributes(
          new Attributes(
              Map.of("ratedCurrent", 10.0),
              Map.of("motorType", "pump", "hall", "north", "speed", "slow"),
              Map.of()));
      operator.reading(OperatorHarness.DEVICE, 0, Map.of("current", 11.0, "speed", 3.5));
      assertThat(operator.alarms().get(0).message())
          .isEqualTo("pump at north of 10 A, 3.5 and ?: 11");
    }
  }
}
