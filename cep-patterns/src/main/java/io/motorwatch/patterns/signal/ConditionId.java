package io.motorwatch.patterns.signal;

import io.motorwatch.patterns.definition.SignalDefinition;
import java.util.List;

/**
 * What makes a condition the same one under another pattern file: not its level, its gap or any
 * duration, but its name and what it measures.
 *
 * @param own tells it from every other of its file; state is kept under it
 * @param shared the same without the overrides of single devices: where the file before had nothing
 *     of its own id, since overrides were added or dropped with a change, this leads to what was
 *     kept; see {@link ConditionMigration}
 */
record ConditionId(long own, long shared) {

  static ConditionId ofSignal(SignalDefinition signal, String overriddenBy) {
    String text =
        "signal " + signal.name() + " " + signal.level().direction().name() + " " + signal.text();
    long shared = Fingerprint.of(text);
    return overriddenBy.isEmpty()
        ? new ConditionId(shared, shared)
        : new ConditionId(Fingerprint.of(text + " overridden by " + overriddenBy), shared);
  }

  static ConditionId of(String text) {
    long id = Fingerprint.of(text);
    return new ConditionId(id, id);
  }

  static ConditionId of(String kind, List<ConditionId> inputs) {
    return new ConditionId(
        ofOthers(kind, inputs.stream().map(ConditionId::own).toList()),
        ofOthers(kind, inputs.stream().map(ConditionId::shared).toList()));
  }

  /** The id of a condition made of others, by theirs. */
  static long ofOthers(String kind, List<Long> inputs) {
    return Fingerprint.of(kind + inputs);
  }
}
