package io.motorwatch.patterns.operator;

import io.motorwatch.patterns.sequence.CompiledSequence;
import io.motorwatch.patterns.sequence.SequenceRunner;
import io.motorwatch.patterns.sequence.SequenceRunner.SavedState;
import io.motorwatch.patterns.signal.ConditionEdges;
import io.motorwatch.patterns.signal.DeviceConditions;
import java.util.List;

/**
 * Feeds a pattern's NFA with the events of a reading, in this order: conditions that end,
 * conditions that begin, durations reached; then conditions that end and begin by alarms of the
 * same reading, and last the raising of these alarms.
 */
final class SequenceEventFeeder {

  private static final long NO_MATCH = SequenceRunner.NO_MATCH;
  private static final int EVENTS = 6;
  private static final int HELD = 2;

  private final ConditionEdges edges;
  private final List<String> raised;
  private final long[] events = new long[EVENTS];

  /**
   * @param edges of the current reading
   * @param raised the patterns that have raised an alarm with it
   */
  SequenceEventFeeder(ConditionEdges edges, List<String> raised) {
    this.edges = edges;
    this.raised = raised;
  }

  /**
   * Feeds a reading under the same file as the reading before.
   *
   * @return the onset of a match, device time, or {@link SequenceRunner#NO_MATCH}
   */
  long feed(CompiledPattern pattern, long at, DeviceState state) throws Exception {
    boolean any = collectEvents(pattern.runner().sequence());
    SavedState saved =
        state.sequences.isEmpty() ? null : state.sequences.get(pattern.fingerprint());
    if (!any && (saved == null || at < saved.checkAt())) {
      return NO_MATCH;
    }
    SequenceRunner runner = pattern.runner();
    runner.load(saved);
    if (!any) {
      runner.advanceTo(at);
      store(pattern, state);
      return NO_MATCH;
    }
    return process(pattern, at, state);
  }

  /**
   * Feeds a device's first reading under this file, of a pattern whose steps are unchanged.
   * Durations that are shorter now and have already been reached count as reached with this
   * reading.
   *
   * @param lastAt device time of the reading before
   */
  long feedAfterChange(
      CompiledPattern pattern, long at, long lastAt, DeviceState state, DeviceConditions conditions)
      throws Exception {
    SequenceRunner runner = pattern.runner();
    SavedState saved = state.sequences.get(pattern.fingerprint());
    runner.load(saved);
    collectEvents(runner.sequence());
    if (saved != null) {
      events[HELD] =
          runner
              .sequence()
              .heldAfterChange(runner.durationsBefore(), conditions, lastAt, events[HELD]);
    }
    return process(pattern, at, state);
  }

  /**
   * Feeds the first reading of a pattern that is new to a device, or has other steps than before.
   * If the condition of its first step is already true, it counts from when it became true.
   *
   * @param lastAt device time of the reading before
   */
  long feedNewPattern(
      CompiledPattern pattern, long at, long lastAt, DeviceState state, DeviceConditions conditions)
      throws Exception {
    SequenceRunner runner = pattern.runner();
    CompiledSequence sequence = runner.sequence();
    runner.load(null);
    collectEvents(sequence);
    if (heldBefore(pattern, conditions)) {
      events[HELD] = sequence.heldByFirstStep(conditions, lastAt, events[HELD]);
      long begun = conditions.since(pattern.indexes().first());
      long onset = runner.process(sequence.firstOnset(), begun);
      if (onset != NO_MATCH) {
        return onset;
      }
    }
    return process(pattern, at, state);
  }

  private boolean heldBefore(CompiledPattern pattern, DeviceConditions conditions) {
    if (!pattern.indexes().hasFirst() || !conditions.holds(pattern.indexes().first())) {
      return false;
    }
    for (int i = 0; i < edges.begins().size(); i++) {
      if (edges.begins().get(i) == pattern.indexes().first()) {
        return false;
      }
    }
    return true;
  }

  private boolean collectEvents(CompiledSequence sequence) {
    events[0] = sequence.ends(edges.ends());
    events[1] = sequence.begins(edges.begins());
    events[HELD] = sequence.held(edges);
    events[3] = sequence.ends(edges.endsByAlarm());
    events[4] = sequence.begins(edges.beginsByAlarm());
    events[5] = sequence.raised(raised);
    return (events[0] | events[1] | events[HELD] | events[3] | events[4] | events[5]) != 0;
  }

  private long process(CompiledPattern pattern, long at, DeviceState state) throws Exception {
    for (long event : events) {
      if (event != 0) {
        long onset = pattern.runner().process(event, at);
        if (onset != NO_MATCH) {
          state.sequences.remove(pattern.fingerprint());
          return onset;
        }
      }
    }
    pattern.runner().advanceTo(at);
    store(pattern, state);
    return NO_MATCH;
  }

  private static void store(CompiledPattern pattern, DeviceState state) throws Exception {
    SavedState saved = pattern.runner().store();
    if (saved == null) {
      state.sequences.remove(pattern.fingerprint());
    } else {
      state.sequences.put(pattern.fingerprint(), saved);
    }
  }
}
