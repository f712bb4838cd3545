package io.motorwatch.patterns.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.Alarm;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.Reading;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.patterns.definition.Condition;
import io.motorwatch.patterns.definition.PatternDefinition;
import io.motorwatch.patterns.definition.PatternFileParser;
import io.motorwatch.patterns.definition.PatternSet;
import io.motorwatch.patterns.explain.BreakCause;
import io.motorwatch.patterns.explain.Explanation;
import io.motorwatch.patterns.explain.Run;
import io.motorwatch.patterns.explain.SignalView;
import io.motorwatch.patterns.explain.StepView;
import io.motorwatch.patterns.operator.ObservedPattern;
import io.motorwatch.patterns.operator.OperatorHarness;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Explanations against the oracle, after each reading of random histories. */
class ExplanationOracleTest {

  private static final int FILES = Integer.getInteger("oracle.files", 150);
  private static final long SEED = Long.getLong("oracle.seed", 42);
  private static final int READINGS = 60;
  private static final int DEVICES = 2;

  private long compared;
  private long broken;
  private long underWay;

  @Test
  void explanationsOfThousandsOfMomentsAreTheOracles() throws Exception {
    for (int f = 0; f < FILES; f++) {
      long seed = SEED * 1_000_003 + 5_000_000 + f;
      Random random = new Random(seed);
      String file = RandomFile.next(random);
      PatternSet set = PatternFileParser.parse(file);
      for (int d = 0; d < DEVICES; d++) {
        DeviceId device = new DeviceId(d % 2 == 0 ? "x" : "y", "m");
        List<HistoryReading> history = RandomHistory.next(random, List.of(set), READINGS);
        for (PatternDefinition pattern : set.patterns()) {
          compare(file, set, pattern, device, history, "seed " + seed + " " + pattern.id());
        }
      }
    }
    assertThat(compared).isGreaterThan(FILES * 100L);
    assertThat(broken).isGreaterThan(FILES);
    assertThat(underWay).isGreaterThan(FILES);
  }

  private void compare(
      String file,
      PatternSet set,
      PatternDefinition pattern,
      DeviceId device,
      List<HistoryReading> history,
      String where)
      throws Exception {
    AlarmOracle oracle = new AlarmOracle(history, device);
    try (ObservedPattern observed = new ObservedPattern(set, file, device, pattern.id())) {
      for (int i = 0; i < history.size(); i++) {
        observed.event(reading(device, history.get(i)));
        oracle.evaluate(i);
        Explanation explanation = observed.explain(history.get(i).at());
        String at = where + " reading " + i + "\n" + file + "\n" + explanation;
        compareAlarms(explanation, pattern, oracle, at);
        for (int k = 0; k < pattern.sequence().size(); k++) {
          compareStep(explanation.steps().get(k), pattern, oracle, history, i, at);
        }
        compared++;
      }
    }
  }

  private static TimelineReading reading(DeviceId device, HistoryReading moment) {
    FieldLayout layout = FieldLayout.of(moment.values().keySet().stream().sorted().toList());
    double[] values = new double[layout.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = moment.values().get(layout.name(i));
    }
    Reading reading = new Reading(device, moment.at(), moment.at(), Reading.NO_SEQ, layout, values);
    return new TimelineReading(reading, false, layout, values, moment.attributes());
  }

  private void compareAlarms(
      Explanation explanation, PatternDefinition pattern, AlarmOracle oracle, String at) {
    List<String> own =
        oracle.lines().stream().filter(line -> line.split(" ")[1].equals(pattern.id())).toList();
    assertThat(explanation.transitions().stream().map(OperatorHarness::line)).as(at).isEqualTo(own);
    assertThat(explanation.open()).as(at).isEqualTo(oracle.isOpen(pattern.id()));
    if (explanation.open()) {
      Alarm raised = explanation.raised().orElseThrow();
      assertThat(explanation.steps()).as(at).allMatch(StepView::complete);
      StepView last = explanation.steps().get(explanation.steps().size() - 1);
      assertThat(last.happened().get(last.happened().size() - 1))
          .as(at)
          .isEqualTo(raised.episode().raisedAt());
      return;
    }
    int completed = explanation.steps().stream().mapToInt(step -> step.happened().size()).sum();
    assertThat(completed).as(at).isEqualTo(oracle.furthest(pattern.id()));
    underWay += completed;
  }

  private void compareStep(
      StepView step,
      PatternDefinition pattern,
      AlarmOracle oracle,
      List<HistoryReading> history,
      int i,
      String at) {
    OracleConditions truths = oracle.truths();
    for (SignalView signal : step.signals()) {
      Condition on = new Condition.On(signal.name());
      boolean isTrue = truths.isTrue(on, pattern, i);
      assertThat(signal.truth())
          .as(signal.name() + " " + at)
          .isEqualTo(
              isTrue
                  ? SignalView.Truth.TRUE
                  : truths.isFalse(on, pattern, i)
                      ? SignalView.Truth.FALSE
                      : SignalView.Truth.UNKNOWN);
      if (isTrue) {
        assertThat(signal.since().getAsLong())
            .as(signal.name() + " " + at)
            .isEqualTo(history.get(truths.onset(on, pattern, i)).at());
      }
    }
    Condition what = step.step().what();
    if (what instanceof Condition.AlarmOpen) {
      return;
    }
    assertThat(step.under().isPresent()).as(at).isEqualTo(truths.isTrue(what, pattern, i));
    step.under()
        .ifPresent(
            run -> {
              assertThat(run.begin())
                  .as(at)
                  .isEqualTo(history.get(truths.onset(what, pattern, i)).at());
              assertThat(run.lastedMs()).as(at).isEqualTo(history.get(i).at() - run.begin());
            });
    step.last().ifPresent(run -> compareEnd(run, step, history, at));
  }

  private void compareEnd(Run run, StepView step, List<HistoryReading> history, String at) {
    broken++;
    if (run.cause() instanceof BreakCause.Gap gap) {
      assertThat(gap.gapMs()).as(at).isGreaterThan(gap.maxGapMs());
      assertThat(run.end() - run.lastTrue()).as(at).isEqualTo(gap.gapMs());
    } else if (run.cause() instanceof BreakCause.Level level) {
      assertThat(level.above() ? level.value() < level.limit() : level.value() > level.limit())
          .as(level + " " + at)
          .isTrue();
      assertThat(level.margin()).as(at).isPositive();
    }
    assertThat(history).as(at).anyMatch(moment -> moment.at() == run.end());
    assertThat(step.shortByMs(run)).as(at).isEqualTo(step.step().forMs() - run.lastedMs());
  }
}
