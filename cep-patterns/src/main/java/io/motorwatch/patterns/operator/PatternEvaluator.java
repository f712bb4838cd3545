package io.motorwatch.patterns.operator;

import io.motorwatch.model.Alarm;
import io.motorwatch.model.Attributes;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.DeviceSilence;
import io.motorwatch.model.DeviceStatus;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.TimelineReading;
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
 * Evaluates the patterns of one file, reading by reading, for whatever device it is given. For the
 * task thread only. The reading of a device without edges, alarms and sequences allocates nothing
 * here.
 */
final class PatternEvaluator implements AutoCloseable {

  private final PatternSet set;
  private final long fileFingerprint;
  private final ConditionTable table;
  private final ConditionEvaluator conditionEvaluator;
  private final List<CompiledPattern> patterns;
  private final PatternFingerprints fingerprints;
  private final DeviceProfileCache profiles;
  private final double[] variables;
  private final ConditionEdges edges = new ConditionEdges();
  private final List<String> raised = new ArrayList<>();
  private final SequenceEventFeeder feeder;
  private final AlarmLifecycle lifecycle;
  private final AlarmRequestHandler requestHandler;
  private final RemovedPatternCleanup removedPatternCleanup;

  /**
   * @param text the file the set was read from
   */
  PatternEvaluator(PatternSet set, String text, RuntimeContext context) throws Exception {
    this.set = set;
    this.fileFingerprint = Fingerprint.of(text);
    this.table = new ConditionTable(set);
    this.patterns = PatternCompiler.compile(set, table, context);
    this.conditionEvaluator = new ConditionEvaluator(table);
    this.fingerprints = PatternFingerprints.of(patterns);
    List<String> names = set.variables().names();
    double[] defaults = new double[names.size()];
    for (int i = 0; i < defaults.length; i++) {
      defaults[i] = set.defaults().getOrDefault(names.get(i), Double.NaN);
    }
    this.profiles = new DeviceProfileCache(this, names, defaults);
    this.variables = new double[names.size()];
    this.feeder = new SequenceEventFeeder(edges, raised);
    this.requestHandler = new AlarmRequestHandler(this);
    this.lifecycle =
        new AlarmLifecycle(
            set.version(), conditionEvaluator, new AlarmFactory(table, conditionEvaluator));
    this.removedPatternCleanup = new RemovedPatternCleanup(this, fingerprints, lifecycle);
  }

  /** Of the file's text, whatever its version. */
  long fileFingerprint() {
    return fileFingerprint;
  }

  ConditionTable table() {
    return table;
  }

  ConditionEvaluator conditionEvaluator() {
    return conditionEvaluator;
  }

  /** What changed with the last reading; valid until the next. */
  ConditionEdges edges() {
    return edges;
  }

  /** The values of the file's variables with the last reading; valid until the next. */
  double[] variables() {
    return variables;
  }

  /** The patterns whose alarms were raised with the last reading; valid until the next. */
  List<String> raised() {
    return raised;
  }

  List<CompiledPattern> patterns() {
    return patterns;
  }

  /** The pattern of a name, or null. */
  @Nullable CompiledPattern pattern(String id) {
    for (CompiledPattern pattern : patterns) {
      if (pattern.id().equals(id)) {
        return pattern;
      }
    }
    return null;
  }

  /** Which values of an attribute the patterns can use. */
  AttributeRange range(String attribute) {
    return set.variables().range(attribute);
  }

  /** The profile of a device with these attributes, whatever fields it sends. */
  DeviceProfile profileOf(DeviceId device, Attributes attributes) {
    return profiles.of(device, attributes, FieldLayout.EMPTY);
  }

  AlarmRequestHandler requestHandler() {
    return requestHandler;
  }

  RemovedPatternCleanup removedPatternCleanup() {
    return removedPatternCleanup;
  }

  /** The state of a device before its first reading. */
  DeviceState newState() {
    return DeviceState.create(fileFingerprint, fingerprints, table);
  }

  /** Evaluates the next reading of a device, and changes the device's state in place. */
  void evaluate(TimelineReading reading, DeviceState state, Consumer<Alarm> out) throws Exception {
    long at = reading.timestamp();
    DeviceProfile profile = profile(reading.device(), reading.attributes(), reading.known(), state);
    profile.read(reading, variables);
    DeviceConditions conditions = state.conditions(this);
    long lastAt = conditions.lastAt();
    boolean changed = state.fileFingerprint != fileFingerprint;
    if (changed) {
      removedPatternCleanup.clear(reading.device(), lastAt, state, out);
    }
    edges.clear();
    raised.clear();
    state.alarms.passed(at);
    conditionEvaluator.evaluate(
        at,
        variables,
        profile.levels,
        profile.functions(state.alarms),
        state.alarms,
        conditions,
        edges);
    boolean quiet = edges.isEmpty() && !state.alarms.anyOpen() && !state.alarms.anyShelved();
    if (quiet && !changed && state.sequences.isEmpty()) {
      return;
    }
    lifecycle.with(state, profile, variables, out);
    for (int i = 0; i < patterns.size(); i++) {
      CompiledPattern pattern = patterns.get(i);
      if (state.alarms.anyShelved()) {
        lifecycle.unshelve(pattern, reading.device(), at);
      }
      boolean wasOpen = state.alarms.isOpen(pattern.id());
      if (wasOpen) {
        lifecycle.update(pattern, reading.device(), at, edges);
      }
      if (state.alarms.isOpen(pattern.id())) {
        continue;
      }
      if (!profile.applies(i)) {
        // The nameplate changed: another motor must not complete a sequence under way.
        removeSequence(pattern, state);
        continue;
      }
      long onset =
          changed
              ? feedFirst(pattern, at, lastAt, state, wasOpen)
              : feeder.feed(pattern, at, state);
      raise(pattern, reading.device(), onset, at);
    }
    state.fileFingerprint = fileFingerprint;
    state.knownPatterns = fingerprints;
  }

  /**
   * Evaluates that a device sends nothing. Transitions are dated with the time of the device's last
   * reading plus the length of the silence, since the device's own clock does not advance;
   * sequences run on the device's clock.
   */
  void evaluateSilence(DeviceSilence silence, DeviceState state, Consumer<Alarm> out)
      throws Exception {
    DeviceConditions conditions = state.conditions(this);
    long lastAt = conditions.lastAt();
    if (!conditionEvaluator.dependsOnSilence() || lastAt == DeviceStatus.NEVER_SEEN) {
      return;
    }
    long at = lastAt + silence.lastedMs();
    DeviceId device = silence.device();
    DeviceProfile profile = profile(device, silence.attributes(), FieldLayout.EMPTY, state);
    profile.readSilence(variables);
    boolean changed = state.fileFingerprint != fileFingerprint;
    if (changed) {
      removedPatternCleanup.clear(device, lastAt, state, out);
    }
    edges.clear();
    raised.clear();
    conditionEvaluator.evaluateSilence(silence.lastedMs(), conditions, edges);
    lifecycle.with(state, profile, variables, out);
    for (int i = 0; i < patterns.size(); i++) {
      CompiledPattern pattern = patterns.get(i);
      boolean wasOpen = state.alarms.isOpen(pattern.id());
      if (wasOpen) {
        lifecycle.unshelve(pattern, device, at);
      }
      if (wasOpen && pattern.clearsInSilence()) {
        lifecycle.update(pattern, device, at, edges);
      }
      if (state.alarms.isOpen(pattern.id()) || !profile.applies(i)) {
        continue;
      }
      long onset =
          changed
              ? feedFirst(pattern, lastAt, lastAt, state, wasOpen)
              : feeder.feed(pattern, lastAt, state);
      raise(pattern, device, onset, at);
    }
    state.fileFingerprint = fileFingerprint;
    state.knownPatterns = fingerprints;
  }

  /**
   * @param onset of the match, or {@link SequenceRunner#NO_MATCH}
   */
  private void raise(CompiledPattern pattern, DeviceId device, long onset, long at) {
    if (onset != SequenceRunner.NO_MATCH) {
      lifecycle.raise(pattern, device, onset, at, edges);
      raised.add(pattern.id());
    }
  }

  /** The device's first reading under this file. An alarm it has just cleared needs a new onset. */
  private long feedFirst(
      CompiledPattern pattern, long at, long lastAt, DeviceState state, boolean wasOpen)
      throws Exception {
    DeviceConditions conditions = state.conditions(this);
    return wasOpen || state.knownPatterns.has(pattern.fingerprint())
        ? feeder.feedAfterChange(pattern, at, lastAt, state, conditions)
        : feeder.feedNewPattern(pattern, at, lastAt, state, conditions);
  }

  private DeviceProfile profile(
      DeviceId device, Attributes attributes, FieldLayout layout, DeviceState state) {
    DeviceProfile profile = state.profile;
    if (profile == null || !profile.isCurrent(this, attributes, layout)) {
      profile = profiles.of(device, attributes, layout);
      state.profile = profile;
    }
    return profile;
  }

  private static void removeSequence(CompiledPattern pattern, DeviceState state) {
    if (!state.sequences.isEmpty()) {
      state.sequences.remove(pattern.fingerprint());
    }
  }

  @Override
  public void close() throws Exception {
    for (CompiledPattern pattern : patterns) {
      pattern.runner().close();
    }
  }
}
