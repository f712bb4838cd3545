package io.motorwatch.patterns.operator;

import io.motorwatch.model.Alarm;
import io.motorwatch.model.AlarmState;
import io.motorwatch.model.ClockSetBack;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.DeviceSilence;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.TimelineEvent;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.patterns.definition.Condition;
import io.motorwatch.patterns.definition.PatternSet;
import io.motorwatch.patterns.definition.Step;
import io.motorwatch.patterns.explain.Explanation;
import io.motorwatch.patterns.explain.StepText;
import io.motorwatch.patterns.explain.StepView;
import io.motorwatch.patterns.signal.ConditionView;
import io.motorwatch.patterns.signal.DeviceConditions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates the patterns of a file for one device with the code that the job runs, and looks after
 * each reading at what became of one of them. For one thread; must be closed.
 */
public final class ObservedPattern implements AutoCloseable {

  private final PatternSet set;
  private final DeviceId device;
  private final PatternEvaluator evaluator;
  private final CompiledPattern pattern;
  private final int index;
  private final ConditionView view;
  private final List<ObservedStep> steps = new ArrayList<>();
  private final ObservedSequence sequence;
  private final List<Alarm> transitions = new ArrayList<>();
  private final Consumer<Alarm> out = this::transition;
  private final Set<String> fields = new TreeSet<>();
  private DeviceState state;
  private @Nullable TimelineReading last;
  private ConditionView.@Nullable Reading seen;
  private boolean raised;

  /**
   * @param text the file the set was read from
   * @param id of the pattern, which the file must have
   */
  public ObservedPattern(PatternSet set, String text, DeviceId device, String id) throws Exception {
    this.set = set;
    this.device = device;
    this.evaluator = new PatternEvaluator(set, text, SingleDeviceEvaluator.noTask());
    this.pattern = Objects.requireNonNull(evaluator.pattern(id), () -> "no pattern " + id);
    this.index = evaluator.patterns().indexOf(pattern);
    this.view = new ConditionView(evaluator.table(), evaluator.conditionEvaluator());
    for (Step step : pattern.definition().sequence()) {
      int condition =
          step.what() instanceof Condition.AlarmOpen
              ? ObservedStep.NONE
              : evaluator.table().indexOf(step.what(), pattern.definition());
      steps.add(new ObservedStep(step, condition, view));
    }
    this.sequence = new ObservedSequence(pattern);
    this.state = evaluator.newState();
  }

  private void transition(Alarm alarm) {
    if (alarm.episode().pattern().equals(pattern.id())) {
      transitions.add(alarm);
      raised |= alarm.state() == AlarmState.RAISED || alarm.state() == AlarmState.FLAPPING;
    }
  }

  /** Takes the next event of the device's timeline. */
  public void event(TimelineEvent event) throws Exception {
    if (event instanceof TimelineReading reading) {
      if (!reading.late()) {
        reading(reading);
      }
    } else if (event instanceof DeviceSilence silence) {
      evaluator.evaluateSilence(silence, state, out);
    } else if (event instanceof ClockSetBack setBack) {
      evaluator.removedPatternCleanup().clearAll(AlarmClearing.clockSetBack(setBack), state, out);
      state = evaluator.newState();
      steps.forEach(ObservedStep::restart);
      sequence.restart(setBack.from(), "the device's clock was set back");
    }
  }

  private void reading(TimelineReading reading) throws Exception {
    DeviceConditions conditions = state.conditions(evaluator);
    long beforeAt = conditions.lastAt();
    boolean wasOpen = state.alarms.isOpen(pattern.id());
    raised = false;
    evaluator.evaluate(reading, state, out);
    DeviceProfile profile = Objects.requireNonNull(state.profile);
    ConditionView.Reading now =
        new ConditionView.Reading(beforeAt, profile.levels, conditions, evaluator.edges());
    steps.forEach(step -> step.evaluated(now));
    if (wasOpen && !state.alarms.isOpen(pattern.id())) {
      sequence.cleared();
    }
    sequence.evaluated(state, reading.timestamp(), raised, profile.applies(index), steps);
    if (last == null || !last.known().equals(reading.known())) {
      FieldLayout known = reading.known();
      for (int i = 0; i < known.size(); i++) {
        fields.add(known.name(i));
      }
    }
    last = reading;
    seen = now;
  }

  /** The transitions of the pattern's alarms so far. */
  public List<Alarm> transitions() {
    return List.copyOf(transitions);
  }

  /**
   * What it has come to with the last event.
   *
   * @param at the time asked for, device time
   */
  public Explanation explain(long at) {
    TimelineReading reading = last;
    ConditionView.Reading now = seen;
    if (reading == null || now == null) {
      return new Explanation(
          device,
          pattern.id(),
          at,
          Long.MIN_VALUE,
          Set.of(),
          true,
          "",
          List.of(),
          false,
          List.of(),
          List.of());
    }
    List<StepView> views = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      views.add(view(i, now));
    }
    return new Explanation(
        device,
        pattern.id(),
        at,
        now.conditions().lastAt(),
        new MissingInputs(set).of(pattern.id(), reading.attributes(), fields),
        pattern.appliesTo(reading.attributes()),
        ConditionView.motor(now.conditions()),
        transitions(),
        state.alarms.isOpen(pattern.id()),
        sequence.losses(),
        views);
  }

  private StepView view(int i, ConditionView.Reading now) {
    ObservedStep step = steps.get(i);
    return new StepView(
        step.step(),
        StepText.of(step.step()),
        sequence.happened(i),
        step.open(),
        step.last(),
        step.longest(),
        step.condition() == ObservedStep.NONE
            ? List.of()
            : view.signals(step.condition(), now, evaluator.variables()));
  }

  @Override
  public void close() throws Exception {
    evaluator.close();
  }
}
