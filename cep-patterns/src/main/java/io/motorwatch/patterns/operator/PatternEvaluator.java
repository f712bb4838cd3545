package io.motorwatch.patterns.operator;

import io.motorwatch.model.Alarm;
import io.motorwatch.model.Attributes;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.DeviceSilence;
import io.motorwatch.model.DeviceStatus;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.patterns.alarm.OpenAlarm;
import io.motorwatch.patterns.definition.PatternSet;
import io.motorwatch.patterns.expression.AttributeRange;
import io.motorwatch.patterns.sequence.SequenceRunner;
import io.motorwatch.patterns.signal.ConditionEdges;
import io.motorwatch.patterns.signal.ConditionEvaluator;
import io.motorwatch.patterns.signal.ConditionTable;
import io.motorwatch.patterns.signal.DeviceConditions;
import io.motorwatch.patterns.signal.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.jspecify.annotations.Nullable;

/**
 * A pattern set at work: judges reading after reading of whatever device it is given. For the task
 * thread only. A healthy device's reading allocates nothing here.
 */
final class PatternEvaluator implements AutoCloseable {

  private final PatternSet set;
  private final long stamp;
  private final ConditionTable table;
  private final ConditionEvaluator bank;
  private final List<CompiledPattern> rules;
  private final PatternFingerprints prints;
  private final DeviceProfileCache views;
  private final double[] variables;
  private final ConditionEdges edges = new ConditionEdges();
  private final List<String> raised = new ArrayList<>();
  private final SequenceEventFeeder feeder;
  private final AlarmLifecycle life;
  private final AlarmRequestHandler desk;

  /** Devices share what they knew, and are to share what is left of it. */
  private PatternFingerprints retiredFrom;

  private PatternFingerprints retiredTo;

  /**
   * @param text the file the set was read from
   */
  PatternEvaluator(PatternSet set, String text, RuntimeContext context) throws Exception {
    this.set = set;
    this.stamp = Fingerprint.of(text);
    this.table = new ConditionTable(set);
    this.rules = PatternCompiler.compile(set, table, context);
    this.bank = new ConditionEvaluator(table);
    this.prints = PatternFingerprints.of(rules);
    this.retiredFrom = prints;
    this.retiredTo = prints;
    List<String> names = set.variables().names();
    double[] defaults = new double[names.size()];
    for (int i = 0; i < defaults.length; i++) {
      defaults[i] = set.defaults().getOrDefault(names.get(i), Double.NaN);
    }
    this.views = new DeviceProfileCache(this, names, defaults);
    this.variables = new double[names.size()];
    this.feeder = new SequenceEventFeeder(edges, raised);
    this.desk = new AlarmRequestHandler(this);
    this.life = new AlarmLifecycle(set.version(), bank, new AlarmFactory(table, bank));
  }

  /** Tells the file from every other, whatever its version. */
  long stamp() {
    return stamp;
  }

  long version() {
    return set.version();
  }

  ConditionTable table() {
    return table;
  }

  List<CompiledPattern> rules() {
    return rules;
  }

  /** The rule of a pattern, or null. */
  @Nullable CompiledPattern rule(String pattern) {
    for (CompiledPattern rule : rules) {
      if (rule.id().equals(pattern)) {
        return rule;
      }
    }
    return null;
  }

  /** Whether an attribute is of use only if it is greater than 0. */
  AttributeRange range(String attribute) {
    return set.variables().range(attribute);
  }

  /** What counts for a device of a nameplate, whatever fields it sends. */
  DeviceProfile viewOf(DeviceId device, Attributes attributes) {
    return views.of(device, attributes, FieldLayout.EMPTY);
  }

  AlarmRequestHandler desk() {
    return desk;
  }

  /** The rule whose open alarm of the device has this id, or null. */
  @Nullable CompiledPattern ruleOfAlarm(String alarmId, DeviceState state, DeviceId device) {
    for (String pattern : state.alarms.patterns()) {
      OpenAlarm open = state.alarms.open(pattern);
      if (open != null && AlarmFactory.episode(device, pattern, open).alarmId().equals(alarmId)) {
        return rule(pattern);
      }
    }
    return null;
  }

  /** The state of a device whose first reading is yet to come. */
  DeviceState fresh() {
    return DeviceState.fresh(stamp, prints, table);
  }

  /** Judges the next reading of a device, changing its state in place. */
  void judge(TimelineReading reading, DeviceState state, Consumer<Alarm> out) throws Exception {
    long at = reading.timestamp();
    DeviceProfile view = view(reading.device(), reading.attributes(), reading.known(), state);
    view.read(reading, variables);
    DeviceConditions conditions = state.conditions(this);
    long lastAt = conditions.lastAt();
    boolean changed = state.stamp != stamp;
    if (changed) {
      adopt(reading.device(), lastAt, state, out);
    }
    edges.clear();
    raised.clear();
    state.alarms.passed(at);
    bank.judge(at, variables, view.levels, state.alarms, conditions, edges);
    boolean quiet = edges.isEmpty() && !state.alarms.anyOpen() && !state.alarms.anyShelved();
    if (quiet && !changed && state.sequences.isEmpty()) {
      return;
    }
    life.with(state, view, variables, out);
    for (int i = 0; i < rules.size(); i++) {
      CompiledPattern rule = rules.get(i);
      if (state.alarms.anyShelved()) {
        life.unshelve(rule, reading.device(), at);
      }
      boolean wasOpen = state.alarms.isOpen(rule.id());
      if (wasOpen) {
        life.follow(rule, reading.device(), at, edges);
      }
      if (state.alarms.isOpen(rule.id())) {
        continue;
      }
      if (!view.applies(i)) {
        // The nameplate changed: what had begun is not to be completed by another motor.
        drop(rule, state);
        continue;
      }
      long onset =
          changed ? feedFirst(rule, at, lastAt, state, wasOpen) : feeder.feed(rule, at, state);
      if (onset != SequenceRunner.NO_MATCH) {
        life.raise(rule, reading.device(), onset, at, edges);
        raised.add(rule.id());
      }
    }
    state.stamp = stamp;
    state.rules = prints;
  }

  /**
   * Judges that a device says nothing. What comes of it is dated with its last reading's time plus
   * the length told, since its own clock stands still; sequences go on by that clock.
   */
  void judgeSilence(DeviceSilence silence, DeviceState state, Consumer<Alarm> out)
      throws Exception {
    DeviceConditions conditions = state.conditions(this);
    long lastAt = conditions.lastAt();
    if (!bank.hearsSilence() || lastAt == DeviceStatus.NEVER_SEEN) {
      return;
    }
    long at = lastAt + silence.lastedMs();
    DeviceId device = silence.device();
    DeviceProfile view = view(device, silence.attributes(), FieldLayout.EMPTY, state);
    view.readSilence(variables);
    boolean changed = state.stamp != stamp;
    if (changed) {
      adopt(device, lastAt, state, out);
    }
    edges.clear();
    raised.clear();
    bank.judgeSilence(silence.lastedMs(), conditions, edges);
    life.with(state, view, variables, out);
    for (int i = 0; i < rules.size(); i++) {
      CompiledPattern rule = rules.get(i);
      boolean wasOpen = state.alarms.isOpen(rule.id());
      if (wasOpen) {
        life.unshelve(rule, device, at);
      }
      if (wasOpen && rule.endsInSilence()) {
        life.follow(rule, device, at, edges);
      }
      if (state.alarms.isOpen(rule.id()) || !view.applies(i)) {
        continue;
      }
      long onset =
          changed
              ? feedFirst(rule, lastAt, lastAt, state, wasOpen)
              : feeder.feed(rule, lastAt, state);
      if (onset != SequenceRunner.NO_MATCH) {
        life.raise(rule, device, onset, at, edges);
        raised.add(rule.id());
      }
    }
    state.stamp = stamp;
    state.rules = prints;
  }

  /** The first reading judged by this set; an alarm it has just ended needs a new onset. */
  private long feedFirst(
      CompiledPattern rule, long at, long lastAt, DeviceState state, boolean wasOpen)
      throws Exception {
    DeviceConditions conditions = state.conditions(this);
    return wasOpen || state.rules.has(rule.fingerprint())
        ? feeder.feedAfterChange(rule, at, lastAt, state, conditions)
        : feeder.feedAnew(rule, at, lastAt, state, conditions);
  }

  private DeviceProfile view(
      DeviceId device, Attributes attributes, FieldLayout layout, DeviceState state) {
    DeviceProfile view = state.view;
    if (view == null || !view.stillCounts(this, attributes, layout)) {
      view = views.of(device, attributes, layout);
      state.view = view;
    }
    return view;
  }

  private static void drop(CompiledPattern rule, DeviceState state) {
    if (!state.sequences.isEmpty()) {
      state.sequences.remove(rule.fingerprint());
    }
  }

  /**
   * Lets go of what belongs to patterns, or structures of patterns, that are no longer there.
   *
   * @param lastAt device time of the reading before: what ends does so where the operator, which
   *     goes through all devices after a change, would have ended it without a further reading
   */
  private void adopt(DeviceId device, long lastAt, DeviceState state, Consumer<Alarm> out) {
    dropOtherSequences(state);
    clearRemoved(state, device, lastAt, out);
  }

  private boolean dropOtherSequences(DeviceState state) {
    return state
        .sequences
        .keySet()
        .removeIf(kept -> rules.stream().noneMatch(rule -> rule.fingerprint() == kept));
  }

  /**
   * Lets go of what belongs to patterns that are no longer there without waiting for a reading: one
   * that comes back before the device says anything is new to it all the same.
   *
   * @return whether there was anything
   */
  boolean retire(DeviceState state, DeviceId device, Consumer<Alarm> out) {
    boolean any = clearRemoved(state, device, state.lastAt(), out);
    any |= dropOtherSequences(state);
    PatternFingerprints known = state.rules;
    if (known != retiredFrom) {
      retiredFrom = known;
      retiredTo = known.within(prints);
    }
    state.rules = retiredTo;
    return any || state.rules != known;
  }

  /**
   * Clears the alarms of patterns that are not in this set.
   *
   * @return whether there were any
   */
  private boolean clearRemoved(DeviceState state, DeviceId device, long at, Consumer<Alarm> out) {
    boolean any = false;
    for (String pattern : state.alarms.known()) {
      if (rule(pattern) == null) {
        life.end(pattern, state, AlarmClearing.patternRemoved(device, pattern, at), out);
        any = true;
      }
    }
    return any;
  }

  /**
   * Ends every alarm of a device of which nothing is kept then; those of removed patterns as if the
   * operator's round had come first.
   */
  void end(AlarmClearing ending, DeviceState state, Consumer<Alarm> out) {
    clearRemoved(state, ending.device(), state.lastAt(), out);
    for (String pattern : state.alarms.known()) {
      life.end(pattern, state, ending, out);
    }
  }

  @Override
  public void close() throws Exception {
    for (CompiledPattern rule : rules) {
      rule.runner().close();
    }
  }
}
