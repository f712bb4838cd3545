package io.motorwatch.patterns.signal;

import io.motorwatch.patterns.definition.SignalDefinition;
import java.util.List;

/**
 * Identifies a condition across pattern files: by its name and what it measures, and not by its
 * level, gap or durations.
 *
 * @param own differs from that of every other condition of the file; state is kept under it
 * @param shared the same without overrides for single devices. It leads to the state kept under the
 *     file before, where overrides were added or removed since; see {@link ConditionMigration}
 */
record ConditionId(long own, long shared) {

  static ConditionId ofSignal(SignalDefinition signal, String overriddenBy) {
    String text =
        "signal " + signal.name() + " " + signal.level().direction().name() + " " + signal.text();
    long shared = Fingerprint.of(text);
    return overriddenBy.isEmpty()
        ? new ConditionId(shared, shared)
        // The text stands in savepoints by its fingerprint: it must not change.
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

  /**
   * Of a counted condition: the shared id leads to the readings counted under the file before,
   * where only the numbers have changed since.
   */
  static ConditionId ofCounted(int count, int of, long what) {
    return new ConditionId(
        ofOthers("counted " + count + " of " + of + " ", List.of(what)), countedShared(what));
  }

  static long countedShared(long what) {
    return ofOthers("counted ", List.of(what));
  }

  /** The id of a condition composed of others, by their ids. */
  static long ofOthers(String kind, List<Long> inputs) {
    return Fingerprint.of(kind + inputs);
  }
}
