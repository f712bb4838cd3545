package io.motorwatch.tools.health;

/**
 * A transition as {@code events.alarm} has it.
 *
 * @param state as in alerts: RAISED, CLEARED …
 * @param at device time, epoch milliseconds
 */
public record AlarmTransition(
    AlarmSource source,
    String state,
    String severity,
    String alarmId,
    long onsetAt,
    long raisedAt,
    long at) {}
