package io.motorwatch.patterns.operator;

import io.motorwatch.model.Alarm;
import io.motorwatch.model.DeviceId;
import java.util.List;
import java.util.function.Consumer;

/**
 * Clears what devices keep of patterns, or of steps of patterns, that the file in force no longer
 * has. For the task thread only.
 */
final class RemovedPatternCleanup {

  private final PatternEvaluator evaluator;
  private final PatternFingerprints fingerprints;
  private final AlarmLifecycle lifecycle;

  /** Devices share the fingerprints they know, and are to share what remains of them. */
  private PatternFingerprints lastKnown;

  private PatternFingerprints lastRemaining;

  /**
   * @param evaluator of the file in force
   * @param fingerprints of its patterns
   */
  RemovedPatternCleanup(
      PatternEvaluator evaluator, PatternFingerprints fingerprints, AlarmLifecycle lifecycle) {
    this.evaluator = evaluator;
    this.fingerprints = fingerprints;
    this.lifecycle = lifecycle;
    this.lastKnown = fingerprints;
    this.lastRemaining = fingerprints;
  }

  /**
   * Clears them with a device's first reading under the file in force.
   *
   * @param lastAt device time of the reading before: their alarms are cleared at that time, as they
   *     are by {@link #clearWithoutReading}
   */
  void clear(DeviceId device, long lastAt, DeviceState state, Consumer<Alarm> out) {
    removeSequences(state);
    clearAlarms(device, lastAt, state, out);
  }

  /**
   * Clears them without waiting for the device's next reading. A pattern that returns before the
   * device sends anything is new to it all the same.
   *
   * @return whether the state has changed
   */
  boolean clearWithoutReading(DeviceId device, DeviceState state, Consumer<Alarm> out) {
    boolean any = clearAlarms(device, state.lastAt(), state, out);
    any |= removeSequences(state);
    PatternFingerprints known = state.knownPatterns;
    if (known != lastKnown) {
      lastKnown = known;
      lastRemaining = known.within(fingerprints);
    }
    state.knownPatterns = lastRemaining;
    return any || state.knownPatterns != known;
  }

  /**
   * Clears every alarm of a device whose state is about to be removed; those of removed patterns as
   * if {@link #clearWithoutReading} had come first.
   */
  void clearAll(AlarmClearing clearing, DeviceState state, Consumer<Alarm> out) {
    clearAlarms(clearing.device(), state.lastAt(), state, out);
    for (String id : state.alarms.known()) {
      lifecycle.clearPattern(id, state, clearing, out);
    }
  }

  private boolean removeSequences(DeviceState state) {
    List<CompiledPattern> patterns = evaluator.patterns();
    return state
        .sequences
        .keySet()
        .removeIf(saved -> patterns.stream().noneMatch(each -> each.fingerprint() == saved));
  }

  private boolean clearAlarms(DeviceId device, long at, DeviceState state, Consumer<Alarm> out) {
    boolean any = false;
    for (String id : state.alarms.known()) {
      if (evaluator.pattern(id) == null) {
        lifecycle.clearPattern(id, state, AlarmClearing.patternRemoved(device, id, at), out);
        any = true;
      }
    }
    return any;
  }
}
