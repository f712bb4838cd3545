package io.motorwatch.tools.health;

/**
 * One alarm from its being raised to its being cleared.
 *
 * @param severity the last it had
 * @param onsetAt when its first condition began; all times device time, epoch milliseconds
 * @param raisedAt when it was raised
 * @param acknowledgedAt {@link #NEVER} if it was not
 * @param clearedAt {@link #NEVER} while it is open
 */
public record AlarmRecord(
    AlarmSource source,
    String alarmId,
    String severity,
    long onsetAt,
    long raisedAt,
    long acknowledgedAt,
    long clearedAt) {

  /** Of what has not happened. */
  public static final long NEVER = Long.MAX_VALUE;

  /** How long it was open; {@link #NEVER} if it still is. */
  public long durationMs() {
    return clearedAt == NEVER ? NEVER : clearedAt - raisedAt;
  }

  boolean openAt(long at) {
    return raisedAt <= at && clearedAt > at;
  }
}
