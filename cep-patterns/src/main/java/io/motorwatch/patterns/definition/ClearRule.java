package io.motorwatch.patterns.definition;

/**
 * When an open alarm is cleared.
 *
 * @param when the condition
 * @param forMs how long it must have held, milliseconds of device time
 */
public record ClearRule(Condition when, long forMs) {}
