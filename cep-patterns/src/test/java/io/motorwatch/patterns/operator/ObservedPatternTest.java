package io.motorwatch.patterns.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.Attributes;
import io.motorwatch.model.ClockSetBack;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.Reading;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.patterns.definition.PatternFileParser;
import io.motorwatch.patterns.explain.BreakCause;
import io.motorwatch.patterns.explain.Explanation;
import io.motorwatch.patterns.explain.Explanation.Loss;
import io.motorwatch.patterns.explain.Explanation.Why;
import io.motorwatch.patterns.explain.Run;
import io.motorwatch.patterns.explain.SignalView;
import io.motorwatch.patterns.explain.StepView;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is seen of an evaluation, cause by cause; {@code ExplanationOracleTest} has the rest. */
class ObservedPatternTest {

  private static final String FILE =
      """
      apiVersion: motorwatch/v1
      version: 1
      signals:
        over: {value: current / ratedCurrent, above: 1.2, reset: 1.15}
        low: {value: current / ratedCurrent, below: 0.5, reset: 0.6, while: [RUN]}
        hot: {value: temperature, above: 90}
      patterns:
        overload: {sequence: [{on: over, for: 30s}], overrides: {plant/m2: {signals: {over: {above: 1.4}}}}}
        underload: {sequence: [{on: low, for: 10s}]}
        both: {sequence: [{all: [over, hot], for: 10s}]}
        then: {sequence: [{on: over}, {on: hot, not: {on: low}, within: 20s}]}
        storm: {sequence: [{alarm: overload, times: 2}], within: 2m}
        pumps: {sequence: [{on: over}], applies-to: {motorType: [pump]}}
      """;
  private static final Attributes NAMEPLATE = Attributes.ofNumbers(Map.of("ratedCurrent", 10.0));
  private static final FieldLayout LAYOUT = FieldLayout.of("current", "temperature");

  private DeviceId device = new DeviceId("plant", "m1");
  private Attributes attributes = NAMEPLATE;
  private ObservedPattern observed;

  private void observe(String pattern) throws Exception {
    observed = new ObservedPattern(PatternFileParser.parse(FILE), FILE, device, pattern);
  }

  @AfterEach
  void close() throws Exception {
    observed.close();
  }

  /** Each second from one to before another. */
  private void seconds(int from, int to, double current, double temperature) throws Exception {
    for (int second = from; second < to; second++) {
      double[] values = {current, temperature};
      long at = 1_000L * second;
      Reading reading = new Reading(device, at, at, Reading.NO_SEQ, LAYOUT, values);
      observed.event(TimelineReading.complete(reading, attributes));
    }
  }

  private Explanation explain() {
    return observed.explain(0);
  }

  private StepView first() {
    return explain().steps().get(0);
  }

  private Run last() {
    return first().last().orElseThrow();
  }

  @Test
  void aValueThatComesBackIsNamedWithItsMarginAndWhatWasMissing() throws Exception {
    observe("overload");
    seconds(0, 10, 9, 20);
    seconds(10, 36, 13, 20);
    seconds(36, 37, 11.3, 20);
    assertThat(last().cause())
        .isEqualTo(new BreakCause.Level("over", 1.1300000000000001, 1.15, true));
    assertThat(((BreakCause.Level) last().cause()).margin()).isBetween(0.0199, 0.0201);
    assertThat(first().shortByMs(last())).isEqualTo(4_000);
    assertThat(first().longest()).contains(last());
  }

  @Test
  void aGapIsNamedWithItsLength() throws Exception {
    observe("overload");
    seconds(0, 10, 13, 20);
    seconds(25, 26, 13, 20);
    assertThat(last().cause()).isEqualTo(new BreakCause.Gap(16_000, 10_000));
    assertThat(last().lastedMs()).isEqualTo(9_000);
    // With the reading behind the gap it has begun again.
    assertThat(first().under()).contains(new Run(25_000, 25_000, Long.MAX_VALUE, null));
  }

  @Test
  void aMotorThatStopsIsNamedWithItsState() throws Exception {
    observe("underload");
    seconds(0, 5, 9, 20);
    seconds(5, 8, 3, 20);
    seconds(8, 9, 0, 20);
    assertThat(last().cause()).isEqualTo(new BreakCause.MotorState("low", "STOP"));
    assertThat(explain().motor()).isEqualTo("STOP");
  }

  @Test
  void ofAllTheOneThatEndedIsNamed() throws Exception {
    observe("both");
    seconds(0, 5, 13, 95);
    seconds(5, 6, 13, 80);
    assertThat(last().cause()).isEqualTo(new BreakCause.Level("hot", 80, 86.39999999999999, true));
    assertThat(first().signals()).extracting(SignalView::name).containsExactly("over", "hot");
  }

  @Test
  void aDevicesOwnLevelIsShown() throws Exception {
    device = new DeviceId("plant", "m2");
    observe("overload");
    seconds(0, 5, 13, 20);
    SignalView signal = first().signals().get(0);
    assertThat(signal.level().level()).isEqualTo(1.4);
    assertThat(signal.truth()).isEqualTo(SignalView.Truth.FALSE);
  }

  @Test
  void whatIsForbiddenAndWhatIsTooLateEndsWhatHadBegun() throws Exception {
    observe("then");
    seconds(0, 2, 9, 20);
    seconds(2, 5, 13, 20);
    assertThat(first().complete()).isTrue();
    seconds(5, 6, 3, 20);
    assertThat(explain().losses()).containsExactly(new Loss(5_000, 1, Why.FORBIDDEN, "2"));
    seconds(6, 30, 13, 20);
    assertThat(explain().losses()).last().isEqualTo(new Loss(27_000, 1, Why.TOO_LATE, "2"));
    seconds(30, 31, 9, 20);
    seconds(31, 32, 13, 20);
    seconds(32, 33, 13, 95);
    assertThat(explain().open()).isTrue();
    assertThat(explain().steps()).allMatch(StepView::complete);
  }

  @Test
  void alarmsOfAnotherPatternAreCounted() throws Exception {
    observe("storm");
    seconds(0, 32, 13, 20);
    assertThat(first().happened()).containsExactly(30_000L);
    assertThat(first().signals()).isEmpty();
    seconds(32, 152, 9, 20);
    assertThat(explain().losses()).containsExactly(new Loss(151_000, 1, Why.TOO_LATE, "within"));
  }

  @Test
  void aClockThatIsSetBackStartsAgain() throws Exception {
    observe("then");
    seconds(100, 105, 13, 20);
    observed.event(new ClockSetBack(device, 104_000, 50_000));
    seconds(50, 51, 9, 20);
    assertThat(first().complete()).isFalse();
    assertThat(explain().losses())
        .containsExactly(new Loss(104_000, 1, Why.RESTARTED, "the device's clock was set back"));
  }

  @Test
  void whatADeviceLacksOrThatItIsNotMeantIsSaid() throws Exception {
    attributes = Attributes.NONE;
    observe("pumps");
    assertThat(explain().steps()).isEmpty();
    seconds(0, 1, 13, 20);
    assertThat(explain().missing()).containsExactly("motorType", "ratedCurrent");
    assertThat(first().signals().get(0).unknown()).containsExactly("ratedCurrent");
    attributes = new Attributes(NAMEPLATE.numbers(), Map.of("motorType", "fan"), Map.of());
    seconds(1, 2, 13, 20);
    assertThat(explain().missing()).isEmpty();
    assertThat(explain().applies()).isFalse();
    assertThat(explain().transitions()).isEmpty();
  }
}
