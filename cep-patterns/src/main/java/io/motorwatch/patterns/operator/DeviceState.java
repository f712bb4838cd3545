package io.motorwatch.patterns.operator;

import io.motorwatch.patterns.alarm.AlarmBook;
import io.motorwatch.patterns.signal.ConditionState;

/**
 * All that is kept of one device between its readings, besides what sequences under way keep in
 * Flink's automata.
 *
 * @param fingerprint of the condition table the conditions are slots of
 */
record DeviceState(int fingerprint, ConditionState conditions, AlarmBook alarms) {}
