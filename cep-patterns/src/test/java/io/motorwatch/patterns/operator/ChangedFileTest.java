package io.motorwatch.patterns.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.AlarmRequest;
import io.motorwatch.model.AlarmRequest.Shelve;
import io.motorwatch.model.ClockSetBack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A restart with another pattern file: nothing under way is lost or mistaken for another. */
class ChangedFileTest {

  private String shipped;
  private OperatorHarness operator;

  @BeforeEach
  void open() throws Exception {
    shipped = Files.readString(Path.of("src/test/resources/three-patterns.yaml"));
    operator = new OperatorHarness(shipped);
  }

  @AfterEach
  void close() throws Exception {
    operator.close();
  }

  private String changed(String from, String to) {
    assertThat(shipped).contains(from);
    return shipped.replace(from, to);
  }

  @ParameterizedTest(name = "{0} becomes {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "for: 30s | for: 20s",
        "stall: | extra: {sequence: [{on: overcurrent}, {off: overcurrent}], within: 1h}\\n  stall:",
      })
  void anOverloadUnderWayIsFoundWithItsOnsetAtTheRestart(String from, String to) throws Exception {
    operator.currentEachSecond(0, 5_000, 9);
    operator.currentEachSecond(5_000, 15_000, 13);
    operator.restartWith(changed(from, to.replace("\\n", "\n")));
    operator.currentEachSecond(15_000, 60_000, 13);
    assertThat(operator.lines().stream().filter(line -> line.startsWith("RAISED overload")))
        .singleElement()
        .asString()
        .startsWith("RAISED overload 5.0");
  }

  @Test
  void aChangedLevelAloneGoesOnWithWhatIsUnderWay() throws Exception {
    operator.currentEachSecond(0, 5_000, 9);
    operator.currentEachSecond(5_000, 15_000, 13);
    operator.restartWith(changed("above: 1.2", "above: 1.25"));
    operator.currentEachSecond(15_000, 60_000, 13);
    assertThat(operator.lines()).containsExactly("RAISED overload 5.0 35.0");
  }

  @Test
  void whatBeganBeforeTheChangeAndEndedUnseenIsNoBeginningAfterwards() throws Exception {
    operator.currentEachSecond(0, 5_000, 9);
    operator.currentEachSecond(5_000, 15_000, 13);
    operator.restartWith(
        changed(
            "  stall:", "  extra: {sequence: [{on: overcurrent}, {off: overcurrent}]}\n  stall:"));
    operator.currentEachSecond(200_000, 205_000, 5);
    operator.currentEachSecond(205_000, 240_000, 13);
    assertThat(operator.lines()).containsExactly("RAISED overload 205.0 235.0");
  }

  @Test
  void theAlarmOfAPatternThatIsGoneIsClearedAndSaysWhy() throws Exception {
    operator.currentEachSecond(0, 40_000, 13);
    operator.restartWith(changed("  overload:", "  overload-x:"));
    operator.letTimersFire();
    assertThat(operator.lines())
        .containsExactly("RAISED overload 0.0 30.0", "CLEARED overload 0.0 39.0");
    assertThat(operator.alarms().get(1).reason()).isEqualTo("pattern-removed");
  }

  @Test
  void itIsClearedAtTheSameMomentWhicheverComesFirstAfterTheRestart() throws Exception {
    operator.currentEachSecond(0, 40_000, 13);
    operator.restartWith(changed("  overload:", "  overload-x:"));
    operator.current(50_000, 9);
    operator.letTimersFire();
    assertThat(operator.lines())
        .containsExactly("RAISED overload 0.0 30.0", "CLEARED overload 0.0 39.0");
    assertThat(operator.alarms().get(1).reason()).isEqualTo("pattern-removed");
  }

  @Test
  void itIsClearedAtTheSameMomentThoughTheClockIsSetBackFirst() throws Exception {
    operator.currentEachSecond(0, 40_000, 13);
    operator.restartWith(changed("  overload:", "  overload-x:"));
    operator.event(new ClockSetBack(OperatorHarness.DEVICE, 45_000, 10_000));
    operator.letTimersFire();
    assertThat(operator.lines())
        .containsExactly("RAISED overload 0.0 30.0", "CLEARED overload 0.0 39.0");
    assertThat(operator.alarms().get(1).reason()).isEqualTo("pattern-removed");
  }

  @Test
  void theShelvingOfAPatternThatIsGoneIsForgottenThoughTheClockIsSetBackFirst() throws Exception {
    operator.currentEachSecond(0, 10_000, 9);
    for (String pattern : List.of("overload", "stall")) {
      Shelve forAnHour = new Shelve(Shelve.RELATIVE, 3_600_000);
      operator.ask(new AlarmRequest(OperatorHarness.DEVICE, "", pattern, forAnHour, "Anna", 7));
    }
    operator.restartWith(changed("  overload:", "  overload-x:"));
    operator.event(new ClockSetBack(OperatorHarness.DEVICE, 45_000, 10_000));
    assertThat(operator.state(OperatorHarness.DEVICE).alarms.known()).containsExactly("stall");
  }

  @Test
  void anAlarmThatStaysOpenThroughAChangeIsClearedByTheNewFilesRule() throws Exception {
    operator.currentEachSecond(0, 40_000, 13);
    operator.restartWith(changed("above: 1.2", "above: 1.4").replace("reset: 1.15", "reset: 1.35"));
    operator.currentEachSecond(40_000, 42_000, 13);
    assertThat(operator.lines())
        .containsExactly("RAISED overload 0.0 30.0", "CLEARED overload 0.0 40.0");
  }
}
