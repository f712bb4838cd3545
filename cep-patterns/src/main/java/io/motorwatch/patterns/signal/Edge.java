package io.motorwatch.patterns.signal;

/**
 * A change of a condition of a device, with a reading.
 *
 * @param node the condition's index
 * @param kind what happened to it
 * @param heldMs with {@link Kind#HELD}: the duration that was reached, milliseconds
 */
public record Edge(int node, Kind kind, long heldMs) {

  /** In the order in which the edges of one reading are told. */
  public enum Kind {
    /** It was true and a pause in the data ended what was held. */
    GAP,
    /** It became false. */
    EXIT,
    /** It became true. */
    ENTER,
    /** It has now been true for a duration somebody waits for. */
    HELD
  }
}
