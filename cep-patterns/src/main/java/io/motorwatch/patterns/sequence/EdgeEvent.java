package io.motorwatch.patterns.sequence;

/**
 * The event that Flink CEP sees: what happens to a device's conditions at the same time, as a set
 * of the pattern's own event types. The types depend on the pattern's steps alone, so events kept
 * in state stay readable whatever else changes in the file.
 *
 * @param types a bit per type, see {@link CompiledSequence}
 * @param at device time of the reading, epoch milliseconds
 */
public record EdgeEvent(long types, long at) {
  boolean hasAny(long wanted) {
    return (types & wanted) != 0;
  }
}
