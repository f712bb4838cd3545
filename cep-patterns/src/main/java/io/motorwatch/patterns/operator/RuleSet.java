package io.motorwatch.patterns.operator;

import io.motorwatch.model.Alarm;
import io.motorwatch.model.AlarmState;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.patterns.alarm.AlarmBook;
import io.motorwatch.patterns.alarm.OpenAlarm;
import io.motorwatch.patterns.definition.ClearRule;
import io.motorwatch.patterns.definition.Escalation;
import io.motorwatch.patterns.definition.PatternDefinition;
import io.motorwatch.patterns.definition.PatternSet;
import io.motorwatch.patterns.sequence.CompiledSequence;
import io.motorwatch.patterns.sequence.SequenceCompiler;
import io.motorwatch.patterns.sequence.SequenceRunner;
import io.motorwatch.patterns.sequence.SymbolEvent;
import io.motorwatch.patterns.signal.ConditionState;
import io.motorwatch.patterns.signal.ConditionTable;
import io.motorwatch.patterns.signal.Edge;
import io.motorwatch.patterns.signal.SignalBank;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.cep.time.TimerService;
import org.jspecify.annotations.Nullable;

/**
 * A pattern set at work: judges reading after reading of whatever device's key is set. For the task
 * thread only.
 */
final class RuleSet implements AutoCloseable {

  private final PatternSet set;
  private final ConditionTable table;
  private final SignalBank signals;
  private final VariableReader variableReader;
  private final AlarmWriter writer;
  private final List<Rule> rules = new ArrayList<>();
  private final List<Edge> edges = new ArrayList<>();
  private final List<String> raised = new ArrayList<>();
  private final int fingerprint;

  RuleSet(PatternSet set, KeyedStateStore store, RuntimeContext context, TimerService clock)
      throws Exception {
    this.set = set;
    this.table = new ConditionTable(set);
    Map<PatternDefinition, CompiledSequence> sequences = new LinkedHashMap<>();
    Map<PatternDefinition, Integer> clearNodes = new LinkedHashMap<>();
    // Everything that adds conditions comes first: the bank has a slot for each.
    for (PatternDefinition pattern : set.patterns()) {
      sequences.put(pattern, SequenceCompiler.compile(table, pattern));
      clearNodes.put(pattern, table.indexOf(pattern.clear().when(), pattern));
    }
    for (PatternDefinition pattern : set.patterns()) {
      CompiledSequence sequence = sequences.get(pattern);
      int lastStep = table.indexOf(pattern.lastStep().what(), pattern);
      OptionalInt deciding = table.firstSignal(lastStep);
      SequenceRunner runner =
          new SequenceRunner(sequence, stateName(pattern), store, context, clock);
      rules.add(
          new Rule(
              pattern, stateName(pattern), sequence, runner, clearNodes.get(pattern), deciding));
    }
    this.fingerprint =
        31 * table.fingerprint() + rules.stream().map(Rule::stateName).toList().hashCode();
    this.signals = new SignalBank(table);
    this.variableReader = new VariableReader(set);
    this.writer = new AlarmWriter(table, signals);
  }

  private static String stateName(PatternDefinition pattern) {
    // By its text, since the hash codes of enums differ between JVMs.
    int structure = (pattern.sequence() + " within " + pattern.withinMs()).hashCode();
    return pattern.id() + "@" + Integer.toHexString(structure);
  }

  private DeviceState newState() {
    return new DeviceState(fingerprint, new ConditionState(table.size()), new AlarmBook());
  }

  /**
   * The device's state as this set can use it. After a change of the file conditions start afresh,
   * as after a gap, and with them all sequences under way: what had begun under the old file is not
   * taken for a beginning under the new one. Open alarms stay open; those of patterns that are gone
   * are cleared.
   */
  private DeviceState adopt(DeviceState state, TimelineReading reading, Consumer<Alarm> out) {
    if (state.fingerprint() == fingerprint) {
      return state;
    }
    for (Rule rule : rules) {
      rule.runner().clear();
    }
    DeviceState adopted =
        new DeviceState(fingerprint, new ConditionState(table.size()), state.alarms());
    for (String pattern : state.alarms().patterns()) {
      if (rules.stream().noneMatch(rule -> rule.id().equals(pattern))) {
        OpenAlarm open = state.alarms().open(pattern);
        state.alarms().remove(pattern);
        int ordinal = state.alarms().nextOrdinal(pattern, reading.timestamp());
        out.accept(
            AlarmWriter.ended(
                pattern,
                open,
                Ending.patternRemoved(reading.device(), pattern, reading.timestamp()),
                ordinal));
      }
    }
    return adopted;
  }

  /** Ends what is under way or open in the current device, of which nothing is kept then. */
  void end(Ending ending, @Nullable DeviceState kept, Consumer<Alarm> out) {
    for (Rule rule : rules) {
      rule.runner().clear();
    }
    if (kept == null) {
      return;
    }
    for (String pattern : kept.alarms().patterns()) {
      OpenAlarm open = kept.alarms().open(pattern);
      int ordinal = kept.alarms().nextOrdinal(pattern, ending.at());
      out.accept(AlarmWriter.ended(pattern, open, ending, ordinal));
    }
  }

  /**
   * Judges the next reading of a device.
   *
   * @param kept the device's state, which is changed in place; null for a new device
   * @return the state to keep
   */
  DeviceState judge(TimelineReading reading, @Nullable DeviceState kept, Consumer<Alarm> out)
      throws Exception {
    DeviceState state = kept == null ? newState() : adopt(kept, reading, out);
    DeviceId device = reading.device();
    long at = reading.timestamp();
    double[] variables = variableReader.read(reading);
    AlarmBook alarms = state.alarms();
    edges.clear();
    raised.clear();
    alarms.passed(at);
    signals.judge(device, at, variables, alarms::isOpen, state.conditions(), edges);
    for (Rule rule : rules) {
      boolean quiet = edges.isEmpty() && raised.isEmpty() && !alarms.anyOpen();
      if (quiet && rule.definition().withinMs() == 0) {
        continue;
      }
      Judgement judgement = new Judgement(rule, device, at, variables, state, out);
      if (alarms.isOpen(rule.id())) {
        judgement.followOpenAlarm();
      }
      if (!alarms.isOpen(rule.id())) {
        if (rule.appliesTo(reading.attributes())) {
          judgement.feedSequence();
        } else if (rule.runner().underWay()) {
          // The nameplate changed: what had begun is not to be completed by another motor.
          rule.runner().clear();
        }
      }
    }
    return state;
  }

  /** One rule with one reading. */
  private final class Judgement {

    private final Rule rule;
    private final DeviceId device;
    private final long at;
    private final double[] variables;
    private final DeviceState state;
    private final Consumer<Alarm> out;

    Judgement(
        Rule rule,
        DeviceId device,
        long at,
        double[] variables,
        DeviceState state,
        Consumer<Alarm> out) {
      this.rule = rule;
      this.device = device;
      this.at = at;
      this.variables = variables;
      this.state = state;
      this.out = out;
    }

    void followOpenAlarm() {
      OpenAlarm open = withPeak(state.alarms().open(rule.id()));
      state.alarms().put(rule.id(), open);
      ClearRule clear = rule.definition().clear();
      if (state.conditions().hasHeld(rule.clearNode(), clear.forMs())) {
        state.alarms().remove(rule.id());
        emit(AlarmState.CLEARED, open);
        signals.alarmsChanged(state.alarms()::isOpen, state.conditions(), edges);
        return;
      }
      List<Escalation> escalations = rule.definition().escalations();
      while (open.escalated() < escalations.size()
          && at >= open.raisedAt() + escalations.get(open.escalated()).afterMs()) {
        open = open.escalatedTo(escalations.get(open.escalated()).severity());
        state.alarms().put(rule.id(), open);
        emit(AlarmState.ESCALATED, open);
      }
    }

    private OpenAlarm withPeak(OpenAlarm open) {
      if (rule.decidingSignal().isEmpty()) {
        return open;
      }
      int signal = rule.decidingSignal().getAsInt();
      double value = signals.value(signal);
      if (Double.isNaN(value)) {
        return open;
      }
      return open.withPeak(table.levelOf(signal, device).extreme(open.peak(), value));
    }

    void feedSequence() throws Exception {
      boolean advanced = false;
      for (int i = 0; i < edges.size(); i++) {
        long symbols = rule.sequence().symbolsOf(edges.get(i));
        if (symbols != 0) {
          advanced = true;
          if (process(symbols)) {
            return;
          }
        }
      }
      for (String other : raised) {
        long symbols = rule.sequence().symbolsOfAlarm(other);
        if (symbols != 0) {
          advanced = true;
          if (process(symbols)) {
            return;
          }
        }
      }
      if (!advanced && rule.definition().withinMs() > 0 && rule.runner().underWay()) {
        rule.runner().advanceTo(at);
      }
    }

    private boolean process(long symbols) throws Exception {
      OptionalLong onset = rule.runner().process(new SymbolEvent(symbols, at));
      if (onset.isEmpty()) {
        return false;
      }
      double peak =
          rule.decidingSignal().isPresent()
              ? state.conditions().peak(rule.decidingSignal().getAsInt())
              : Double.NaN;
      OpenAlarm open =
          new OpenAlarm(
              set.version(),
              rule.definition().identity().ansi(),
              rule.definition().identity().severity(),
              onset.getAsLong(),
              at,
              0,
              peak);
      state.alarms().put(rule.id(), open);
      raised.add(rule.id());
      emit(AlarmState.RAISED, open);
      signals.alarmsChanged(state.alarms()::isOpen, state.conditions(), edges);
      return true;
    }

    private void emit(AlarmState transition, OpenAlarm open) {
      int ordinal = state.alarms().nextOrdinal(rule.id(), at);
      out.accept(
          writer.write(
              rule, device, open, new AlarmWriter.Transition(transition, at, ordinal), variables));
    }
  }

  @Override
  public void close() throws Exception {
    for (Rule rule : rules) {
      rule.runner().close();
    }
  }
}
