package io.motorwatch.patterns.sequence;

/**
 * What Flink CEP sees of a moment of a reading: which letters of the pattern's own alphabet it
 * stands for. The alphabet belongs to the pattern's structure alone, so events kept in state stay
 * readable whatever else changes in the file.
 *
 * @param symbols a bit per letter
 * @param at device time of the reading, epoch milliseconds
 */
public record EdgeEvent(long symbols, long at) {
  boolean hasAny(long letters) {
    return (symbols & letters) != 0;
  }
}
