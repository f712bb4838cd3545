package io.motorwatch.patterns.operator;

import io.motorwatch.patterns.sequence.CompiledSequence;
import io.motorwatch.patterns.sequence.SequenceMemory;
import io.motorwatch.patterns.sequence.SequenceRunner;
import io.motorwatch.patterns.signal.ConditionEdges;
import io.motorwatch.patterns.signal.DeviceConditions;
import java.util.List;

/**
 * Feeds a rule's automaton with what a reading brought about, moment by moment: ends, beginnings,
 * durations reached, then what alarms of the same reading ended and began, then their being raised.
 */
final class SequenceEventFeeder {

  private static final long NO_MATCH = SequenceRunner.NO_MATCH;
  private static final int MOMENTS = 6;
  private static final int HELD = 2;

  private final ConditionEdges edges;
  private final List<String> raised;
  private final long[] symbols = new long[MOMENTS];

  /**
   * @param edges of the reading at hand
   * @param raised the patterns that raised an alarm with it
   */
  SequenceEventFeeder(ConditionEdges edges, List<String> raised) {
    this.edges = edges;
    this.raised = raised;
  }

  /**
   * Feeds a reading judged by the same set as the one before.
   *
   * @return the onset of a match, device time, or {@link SequenceRunner#NO_MATCH}
   */
  long feed(CompiledPattern rule, long at, DeviceState state) throws Exception {
    boolean any = spell(rule.runner().sequence());
    SequenceMemory memory =
        state.sequences.isEmpty() ? null : state.sequences.get(rule.fingerprint());
    if (!any && (memory == null || at < memory.checkAt())) {
      return NO_MATCH;
    }
    SequenceRunner runner = rule.runner();
    runner.load(memory);
    if (!any) {
      runner.advanceTo(at);
      keep(rule, state);
      return NO_MATCH;
    }
    return process(rule, at, state);
  }

  /**
   * Feeds the first reading that a device has judged by this set, of a pattern whose steps are
   * those of the set before. Durations that are shorter now and have been reached already are told.
   *
   * @param lastAt device time of the reading before
   */
  long feedAfterChange(
      CompiledPattern rule, long at, long lastAt, DeviceState state, DeviceConditions conditions)
      throws Exception {
    SequenceRunner runner = rule.runner();
    SequenceMemory memory = state.sequences.get(rule.fingerprint());
    runner.load(memory);
    spell(runner.sequence());
    if (memory != null) {
      symbols[HELD] =
          runner
              .sequence()
              .heldAfterChange(runner.durationsBefore(), conditions, lastAt, symbols[HELD]);
    }
    return process(rule, at, state);
  }

  /**
   * Feeds the first reading of a pattern that is new to a device, or has other steps than before:
   * what its first step waits for and has begun already counts from when it began.
   *
   * @param lastAt device time of the reading before
   */
  long feedAnew(
      CompiledPattern rule, long at, long lastAt, DeviceState state, DeviceConditions conditions)
      throws Exception {
    SequenceRunner runner = rule.runner();
    CompiledSequence sequence = runner.sequence();
    runner.load(null);
    spell(sequence);
    if (heldBefore(rule, conditions)) {
      symbols[HELD] = sequence.heldByFirstStep(conditions, lastAt, symbols[HELD]);
      long begun = conditions.since(rule.nodes().first());
      long onset = runner.process(sequence.firstOnset(), begun);
      if (onset != NO_MATCH) {
        return onset;
      }
    }
    return process(rule, at, state);
  }

  private boolean heldBefore(CompiledPattern rule, DeviceConditions conditions) {
    if (!rule.nodes().hasFirst() || !conditions.holds(rule.nodes().first())) {
      return false;
    }
    for (int i = 0; i < edges.begins().size(); i++) {
      if (edges.begins().get(i) == rule.nodes().first()) {
        return false;
      }
    }
    return true;
  }

  private boolean spell(CompiledSequence sequence) {
    symbols[0] = sequence.ends(edges.ends());
    symbols[1] = sequence.begins(edges.begins());
    symbols[HELD] = sequence.held(edges);
    symbols[3] = sequence.ends(edges.lateEnds());
    symbols[4] = sequence.begins(edges.lateBegins());
    symbols[5] = sequence.raised(raised);
    return (symbols[0] | symbols[1] | symbols[HELD] | symbols[3] | symbols[4] | symbols[5]) != 0;
  }

  private long process(CompiledPattern rule, long at, DeviceState state) throws Exception {
    for (long moment : symbols) {
      if (moment != 0) {
        long onset = rule.runner().process(moment, at);
        if (onset != NO_MATCH) {
          state.sequences.remove(rule.fingerprint());
          return onset;
        }
      }
    }
    rule.runner().advanceTo(at);
    keep(rule, state);
    return NO_MATCH;
  }

  private static void keep(CompiledPattern rule, DeviceState state) throws Exception {
    SequenceMemory memory = rule.runner().store();
    if (memory == null) {
      state.sequences.remove(rule.fingerprint());
    } else {
      state.sequences.put(rule.fingerprint(), memory);
    }
  }
}
