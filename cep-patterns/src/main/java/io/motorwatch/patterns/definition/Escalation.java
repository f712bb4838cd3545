package io.motorwatch.patterns.definition;

/**
 * A higher severity for an alarm that stays open.
 *
 * @param afterMs since it was raised, milliseconds of device time
 */
public record Escalation(long afterMs, String severity) {

  /** Whether it is worse than an alarm's present severity. */
  public boolean isAbove(String present) {
    return Severities.ALL.indexOf(severity) > Severities.ALL.indexOf(present);
  }
}
