package io.motorwatch.patterns.operator;

import io.motorwatch.model.Alarm;
import io.motorwatch.model.AlarmState;
import io.motorwatch.model.DeviceId;
import io.motorwatch.patterns.alarm.OpenAlarm;
import io.motorwatch.patterns.alarm.OpenAlarm.Handling;
import io.motorwatch.patterns.definition.Escalation;
import io.motorwatch.patterns.definition.LifecycleRules;
import io.motorwatch.patterns.definition.PatternDefinition;
import io.motorwatch.patterns.signal.ConditionEdges;
import io.motorwatch.patterns.signal.ConditionEvaluator;
import io.motorwatch.patterns.signal.DeviceConditions;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The life of alarms with readings: raised, escalated, repeated, cleared; latched, shelved and
 * flapping ones. Set to one device at a time by {@link #with}.
 */
final class AlarmLifecycle {

  private final long version;
  private final ConditionEvaluator bank;
  private final AlarmFactory writer;
  private DeviceState state;
  private DeviceProfile view;
  private double[] variables;
  private Consumer<Alarm> out;

  @SuppressWarnings("NullAway.Init") // Set before each use.
  AlarmLifecycle(long version, ConditionEvaluator bank, AlarmFactory writer) {
    this.version = version;
    this.bank = bank;
    this.writer = writer;
  }

  void with(
      DeviceState newState, DeviceProfile newView, double[] newVariables, Consumer<Alarm> to) {
    this.state = newState;
    this.view = newView;
    this.variables = newVariables;
    this.out = to;
  }

  void raise(CompiledPattern rule, DeviceId device, long onset, long at, ConditionEdges edges) {
    PatternDefinition pattern = rule.definition();
    // Silence is judged ahead of the device's clock. Only where it raises something does that end a
    // shelving: readings kept back meanwhile are of the time before.
    state.alarms.unshelve(rule.id(), at);
    LifecycleRules.Flapping watch = pattern.life().flapping();
    boolean flapping =
        watch.watched()
            && state.alarms.countRaise(rule.id(), at, watch.withinMs(), watch.moreThan())
                > watch.moreThan();
    double peak = peakAtRaise(rule, onset);
    OpenAlarm open =
        new OpenAlarm(
            new OpenAlarm.Origin(version, pattern.identity().ansi(), onset, at),
            pattern.identity().severity(),
            peak,
            new Handling(false, at, false, false, flapping));
    tell(flapping ? AlarmState.FLAPPING : AlarmState.RAISED, rule, device, at, open);
    bank.alarmsChanged(state.alarms, conditions(), edges);
  }

  void follow(CompiledPattern rule, DeviceId device, long at, ConditionEdges edges) {
    OpenAlarm open = withPeak(rule, Objects.requireNonNull(state.alarms.open(rule.id())));
    state.alarms.put(rule.id(), open);
    if (endsNow(rule, open)) {
      clear(rule, device, at, open);
      bank.alarmsChanged(state.alarms, conditions(), edges);
      return;
    }
    boolean over = isOver(rule, open);
    if (over != open.handling().returned()) {
      open = open.with(open.handling().withReturned(over));
      // Not raised once more: it is the same alarm, and its command goes once an alarm.
      tell(over ? AlarmState.RETURNED : AlarmState.REPEATED, rule, device, at, open);
      open = Objects.requireNonNull(state.alarms.open(rule.id()));
    }
    escalate(rule, device, at, open);
  }

  private boolean endsNow(CompiledPattern rule, OpenAlarm open) {
    return conditions().hasHeld(rule.nodes().clear(), clearDelay(rule, open))
        && (!rule.definition().life().latch() || open.handling().acknowledged());
  }

  /**
   * Whether the condition of an alarm is over. It has come again only once the clear condition is
   * known not to hold: a gap brings nothing back, nor does a field that is missing.
   */
  private boolean isOver(CompiledPattern rule, OpenAlarm open) {
    int clear = rule.nodes().clear();
    return conditions().hasHeld(clear, clearDelay(rule, open))
        || (open.handling().returned() && !conditions().isFalse(clear));
  }

  /** A flapping alarm is over once it has been over for as long as raises are counted together. */
  static long clearDelay(CompiledPattern rule, OpenAlarm open) {
    long delay = rule.definition().clear().forMs();
    return open.handling().flapping()
        ? Math.max(delay, rule.definition().life().flapping().withinMs())
        : delay;
  }

  private void escalate(CompiledPattern rule, DeviceId device, long at, OpenAlarm before) {
    OpenAlarm open = before;
    List<Escalation> escalations = rule.definition().escalations();
    for (int i = 0; i < escalations.size(); i++) {
      Escalation stage = escalations.get(i);
      if (at >= open.raisedAt() + stage.afterMs() && stage.isAbove(open.severity())) {
        tell(AlarmState.ESCALATED, rule, device, at, open.escalatedTo(stage.severity()));
        open = Objects.requireNonNull(state.alarms.open(rule.id()));
      }
    }
    long again = rule.definition().life().reAlarmMs();
    if (again > 0 && !open.handling().acknowledged() && at >= open.handling().toldAt() + again) {
      tell(AlarmState.REPEATED, rule, device, at, open);
    }
  }

  /**
   * Tells an alarm that is still open once the time of its shelving is over. To be called before
   * {@link #follow}, which ends an alarm that is over by then.
   */
  void unshelve(CompiledPattern rule, DeviceId device, long at) {
    OpenAlarm open = state.alarms.open(rule.id());
    if (!state.alarms.unshelve(rule.id(), at) || open == null || endsNow(rule, open)) {
      return;
    }
    OpenAlarm now = open.with(open.handling().withReturned(isOver(rule, open)));
    tell(unshelvedAs(now.handling()), rule, device, at, now);
  }

  /** One that is over is never told as raised: the device would get a command for nothing. */
  private static AlarmState unshelvedAs(Handling handling) {
    if (handling.returned()) {
      return AlarmState.RETURNED;
    }
    if (handling.told()) {
      return AlarmState.UNSHELVED;
    }
    return handling.flapping() ? AlarmState.FLAPPING : AlarmState.RAISED;
  }

  private void clear(CompiledPattern rule, DeviceId device, long at, OpenAlarm open) {
    state.alarms.remove(rule.id());
    // The end of an alarm that was told is told even while shelved: somebody holds it for open.
    if (open.handling().told()) {
      emit(AlarmState.CLEARED, rule, device, at, open);
    }
  }

  /** Keeps the alarm as it is now, and tells the transition unless its pattern is shelved. */
  private void tell(
      AlarmState transition, CompiledPattern rule, DeviceId device, long at, OpenAlarm open) {
    if (state.alarms.isShelved(rule.id())) {
      state.alarms.put(rule.id(), open);
      return;
    }
    long toldAt = Math.max(at, open.handling().toldAt());
    OpenAlarm told = open.with(open.handling().toldNow(toldAt));
    state.alarms.put(rule.id(), told);
    emit(transition, rule, device, at, told);
  }

  /**
   * Never dated before what was told last: an alarm raised by silence is dated beyond the device's
   * own clock, and its next readings may be of the time between.
   */
  private void emit(
      AlarmState transition, CompiledPattern rule, DeviceId device, long judgedAt, OpenAlarm open) {
    long at = Math.max(judgedAt, open.handling().toldAt());
    int ordinal = state.alarms.nextOrdinal(rule.id(), at);
    out.accept(
        writer.write(
            rule,
            device,
            open,
            new AlarmFactory.Transition(transition, at, ordinal),
            new AlarmFactory.Known(view.levels, variables, view.texts())));
  }

  private DeviceConditions conditions() {
    return state.conditions(view.rules);
  }

  private double peakAtRaise(CompiledPattern rule, long onset) {
    if (!rule.nodes().hasDeciding()) {
      return Double.NaN;
    }
    int signal = rule.nodes().deciding();
    double peak = conditions().peakSince(signal, onset);
    return Double.isNaN(peak) ? bank.value(signal) : peak;
  }

  private OpenAlarm withPeak(CompiledPattern rule, OpenAlarm open) {
    if (!rule.nodes().hasDeciding()) {
      return open;
    }
    int signal = rule.nodes().deciding();
    double value = bank.value(signal);
    double peak =
        Double.isNaN(open.peak()) ? value : view.levels.of(signal).extreme(open.peak(), value);
    return Double.isNaN(value) || peak == open.peak() ? open : open.withPeak(peak);
  }

  /** Ends what there is of a pattern, whether or not it is in the set. */
  void end(String pattern, DeviceState of, AlarmClearing ending, Consumer<Alarm> to) {
    OpenAlarm open = of.alarms.open(pattern);
    of.alarms.remove(pattern);
    of.alarms.forget(pattern);
    if (open != null && open.handling().told()) {
      AlarmClearing later = ending.notBefore(open.handling().toldAt());
      int ordinal = of.alarms.nextOrdinal(pattern, later.at());
      to.accept(AlarmFactory.ended(pattern, open, later, ordinal));
    }
  }
}
