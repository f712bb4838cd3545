package io.motorwatch.patterns.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.Alarm;
import io.motorwatch.model.AlarmRequest;
import io.motorwatch.model.AlarmRequest.Shelve;
import io.motorwatch.model.ClockSetBack;
import io.motorwatch.model.DeviceForgotten;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is under way and open when a device's clock is set back or the device is forgotten. */
class AlarmClearingTest {

  private OperatorHarness operator;

  @BeforeEach
  void open() throws Exception {
    operator = new OperatorHarness(Files.readString(Path.of("../conf/patterns.yaml")));
  }

  @AfterEach
  void close() throws Exception {
    operator.close();
  }

  @Test
  void aForgottenDevicesOpenAlarmsAreClearedAndNothingIsLeftOfIt() throws Exception {
    operator.currentEachSecond(100_000, 105_000, 9);
    operator.currentEachSecond(105_000, 140_000, 13);
    operator.event(new DeviceForgotten(OperatorHarness.DEVICE, 9_000_000, 139_000));
    assertThat(operator.lines())
        .containsExactly("RAISED overload 105.0 135.0", "CLEARED overload 105.0 139.0");
    Alarm cleared = operator.alarms().get(1);
    assertThat(cleared.reason()).isEqualTo("device-forgotten");
    assertThat(operator.keyedStateEntries()).isZero();
    assertThat(operator.timers()).isZero();
  }

  @Test
  void whatIsShelvedStaysSoForAsLongAsWasAskedByTheNewClock() throws Exception {
    operator.currentEachSecond(1_000_000, 1_005_000, 9);
    operator.ask(
        new AlarmRequest(
            OperatorHarness.DEVICE,
            "",
            "overload",
            new Shelve(Shelve.RELATIVE, 600_000),
            "Anna",
            7));
    operator.event(new ClockSetBack(OperatorHarness.DEVICE, 1_004_000, 504_000));
    operator.currentEachSecond(504_000, 600_000, 13);
    assertThat(operator.lines()).isEmpty();
    operator.currentEachSecond(600_000, 1_110_000, 13);
    assertThat(operator.lines()).containsExactly("RAISED overload 504.0 1104.0");
  }

  @Test
  void nothingBegunByTheOldClockIsCompletedByTheNew() throws Exception {
    operator.currentEachSecond(1_000_000, 1_005_000, 9);
    operator.currentEachSecond(1_005_000, 1_020_000, 13);
    operator.event(new ClockSetBack(OperatorHarness.DEVICE, 1_019_000, 500_000));
    assertThat(operator.keyedStateEntries()).isZero();
    operator.currentEachSecond(500_000, 540_000, 13);
    operator.event(new ClockSetBack(OperatorHarness.DEVICE, 539_000, 100_000));
    operator.currentEachSecond(100_000, 105_000, 9);
    assertThat(operator.lines())
        .isEqualTo(List.of("RAISED overload 500.0 530.0", "CLEARED overload 500.0 539.0"));
    assertThat(operator.alarms().get(1).reason()).isEqualTo("clock-set-back");
  }
}
