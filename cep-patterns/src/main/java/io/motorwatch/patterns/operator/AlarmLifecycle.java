package io.motorwatch.patterns.operator;

import io.motorwatch.model.Alarm;
import io.motorwatch.model.AlarmState;
import io.motorwatch.model.DeviceId;
import io.motorwatch.patterns.alarm.OpenAlarm;
import io.motorwatch.patterns.alarm.OpenAlarm.Handling;
import io.motorwatch.patterns.definition.LifecycleRules;
import io.motorwatch.patterns.definition.PatternDefinition;
import io.motorwatch.patterns.definition.PatternDefinition.Escalation;
import io.motorwatch.patterns.signal.ConditionEdges;
import io.motorwatch.patterns.signal.ConditionEvaluator;
import io.motorwatch.patterns.signal.DeviceConditions;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Raises, escalates, repeats and clears alarms with readings, including latched, shelved and
 * flapping ones. Works on one device at a time, set by {@link #with}. For the task thread only.
 */
final class AlarmLifecycle {

  private final long version;
  private final ConditionEvaluator conditionEvaluator;
  private final AlarmFactory factory;
  private DeviceState state;
  private DeviceProfile profile;
  private double[] variables;
  private Consumer<Alarm> out;

  @SuppressWarnings("NullAway.Init") // Set before each use.
  AlarmLifecycle(long version, ConditionEvaluator conditionEvaluator, AlarmFactory factory) {
    this.version = version;
    this.conditionEvaluator = conditionEvaluator;
    this.factory = factory;
  }

  void with(
      DeviceState newState, DeviceProfile newProfile, double[] newVariables, Consumer<Alarm> to) {
    this.state = newState;
    this.profile = newProfile;
    this.variables = newVariables;
    this.out = to;
  }

  void raise(CompiledPattern pattern, DeviceId device, long onset, long at, ConditionEdges edges) {
    PatternDefinition definition = pattern.definition();
    // Silence is evaluated ahead of the device's clock. It ends a shelving only where it raises an
    // alarm: readings that were delayed meanwhile are of an earlier time.
    state.alarms.unshelve(pattern.id(), at);
    LifecycleRules.Flapping watch = definition.lifecycle().flapping();
    boolean flapping =
        watch.watched()
            && state.alarms.countRaise(pattern.id(), at, watch.withinMs(), watch.moreThan())
                > watch.moreThan();
    double peak = peakAtRaise(pattern, onset);
    OpenAlarm open =
        new OpenAlarm(
            new OpenAlarm.Origin(version, definition.identity().ansi(), onset, at),
            definition.identity().severity(),
            peak,
            new Handling(false, at, false, false, flapping));
    report(flapping ? AlarmState.FLAPPING : AlarmState.RAISED, pattern, device, at, open);
    conditionEvaluator.alarmsChanged(state.alarms, conditions(), edges);
  }

  void update(CompiledPattern pattern, DeviceId device, long at, ConditionEdges edges) {
    OpenAlarm open = withPeak(pattern, Objects.requireNonNull(state.alarms.open(pattern.id())));
    state.alarms.put(pattern.id(), open);
    if (clearsNow(pattern, open)) {
      clear(pattern, device, at, open);
      conditionEvaluator.alarmsChanged(state.alarms, conditions(), edges);
      return;
    }
    boolean over = isOver(pattern, open);
    if (over != open.handling().returned()) {
      open = open.with(open.handling().withReturned(over));
      // Not raised again: it is the same alarm, and its command is sent once per alarm.
      report(over ? AlarmState.RETURNED : AlarmState.REPEATED, pattern, device, at, open);
      open = Objects.requireNonNull(state.alarms.open(pattern.id()));
    }
    escalate(pattern, device, at, open);
  }

  private boolean clearsNow(CompiledPattern pattern, OpenAlarm open) {
    return conditions().hasHeld(pattern.indexes().clear(), clearDelay(pattern, open))
        && (!pattern.definition().lifecycle().latch() || open.handling().acknowledged());
  }

  /**
   * Whether the condition of an alarm is over. It has returned only once the clear condition is
   * known to be false: neither a gap nor a missing field makes an alarm return.
   */
  private boolean isOver(CompiledPattern pattern, OpenAlarm open) {
    int clear = pattern.indexes().clear();
    return conditions().hasHeld(clear, clearDelay(pattern, open))
        || (open.handling().returned() && !conditions().isFalse(clear));
  }

  /** A flapping alarm clears once its clear condition has held for the time raises are counted. */
  static long clearDelay(CompiledPattern pattern, OpenAlarm open) {
    long delay = pattern.definition().clear().forMs();
    return open.handling().flapping()
        ? Math.max(delay, pattern.definition().lifecycle().flapping().withinMs())
        : delay;
  }

  private void escalate(CompiledPattern pattern, DeviceId device, long at, OpenAlarm before) {
    OpenAlarm open = before;
    List<Escalation> escalations = pattern.definition().escalations();
    for (int i = 0; i < escalations.size(); i++) {
      Escalation stage = escalations.get(i);
      if (at >= open.raisedAt() + stage.afterMs() && stage.isAbove(open.severity())) {
        report(AlarmState.ESCALATED, pattern, device, at, open.escalatedTo(stage.severity()));
        open = Objects.requireNonNull(state.alarms.open(pattern.id()));
      }
    }
    long again = pattern.definition().lifecycle().reAlarmMs();
    if (again > 0
        && !open.handling().acknowledged()
        && at >= open.handling().reportedAt() + again) {
      report(AlarmState.REPEATED, pattern, device, at, open);
    }
  }

  /**
   * Reports an alarm that is still open once its shelving has ended. To be called before {@link
   * #update}, which clears an alarm whose condition is over by then.
   */
  void unshelve(CompiledPattern pattern, DeviceId device, long at) {
    OpenAlarm open = state.alarms.open(pattern.id());
    if (!state.alarms.unshelve(pattern.id(), at) || open == null || clearsNow(pattern, open)) {
      return;
    }
    OpenAlarm now = open.with(open.handling().withReturned(isOver(pattern, open)));
    report(unshelvedAs(now.handling()), pattern, device, at, now);
  }

  /** Never RAISED where the condition is over: the device would get a command for nothing. */
  private static AlarmState unshelvedAs(Handling handling) {
    if (handling.returned()) {
      return AlarmState.RETURNED;
    }
    if (handling.reported()) {
      return AlarmState.UNSHELVED;
    }
    return handling.flapping() ? AlarmState.FLAPPING : AlarmState.RAISED;
  }

  private void clear(CompiledPattern pattern, DeviceId device, long at, OpenAlarm open) {
    state.alarms.remove(pattern.id());
    // Reported even while shelved: whoever received the alarm believes it is open.
    if (open.handling().reported()) {
      emit(AlarmState.CLEARED, pattern, device, at, open);
    }
  }

  /** Keeps the alarm as it is now, and emits the transition unless its pattern is shelved. */
  private void report(
      AlarmState transition, CompiledPattern pattern, DeviceId device, long at, OpenAlarm open) {
    if (state.alarms.isShelved(pattern.id())) {
      state.alarms.put(pattern.id(), open);
      return;
    }
    long reportedAt = Math.max(at, open.handling().reportedAt());
    OpenAlarm reported = open.with(open.handling().reportedNow(reportedAt));
    state.alarms.put(pattern.id(), reported);
    emit(transition, pattern, device, at, reported);
  }

  /**
   * Never dated before the last transition: an alarm raised by silence is dated ahead of the
   * device's own clock, and the device's next readings may be of the time in between.
   */
  private void emit(
      AlarmState transition,
      CompiledPattern pattern,
      DeviceId device,
      long evaluatedAt,
      OpenAlarm open) {
    long at = Math.max(evaluatedAt, open.handling().reportedAt());
    int ordinal = state.alarms.nextOrdinal(pattern.id(), at);
    out.accept(
        factory.withReading(
            pattern,
            device,
            open,
            new AlarmFactory.Transition(transition, at, ordinal),
            new AlarmFactory.ReadingValues(profile.levels, variables, profile.texts())));
  }

  private DeviceConditions conditions() {
    return state.conditions(profile.evaluator);
  }

  private double peakAtRaise(CompiledPattern pattern, long onset) {
    if (!pattern.indexes().hasDeciding()) {
      return Double.NaN;
    }
    int signal = pattern.indexes().deciding();
    double peak = conditions().peakSince(signal, onset);
    return Double.isNaN(peak) ? conditionEvaluator.value(signal) : peak;
  }

  private OpenAlarm withPeak(CompiledPattern pattern, OpenAlarm open) {
    if (!pattern.indexes().hasDeciding()) {
      return open;
    }
    int signal = pattern.indexes().deciding();
    double value = conditionEvaluator.value(signal);
    double peak =
        Double.isNaN(open.peak()) ? value : profile.levels.of(signal).extreme(open.peak(), value);
    return Double.isNaN(value) || peak == open.peak() ? open : open.withPeak(peak);
  }

  /**
   * Clears a pattern's alarm and forgets the rest of it, whether or not the file has the pattern.
   */
  void clearPattern(String pattern, DeviceState of, AlarmClearing clearing, Consumer<Alarm> to) {
    OpenAlarm open = of.alarms.open(pattern);
    of.alarms.remove(pattern);
    of.alarms.forget(pattern);
    if (open != null && open.handling().reported()) {
      AlarmClearing later = clearing.notBefore(open.handling().reportedAt());
      int ordinal = of.alarms.nextOrdinal(pattern, later.at());
      to.accept(AlarmFactory.clearedBy(pattern, open, later, ordinal));
    }
  }
}
