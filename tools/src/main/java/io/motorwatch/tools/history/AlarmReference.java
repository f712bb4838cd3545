package io.motorwatch.tools.history;

import io.motorwatch.model.DeviceId;

/**
 * Which alarm is meant.
 *
 * @param raisedAt device time, epoch milliseconds
 */
public record AlarmReference(DeviceId device, String pattern, long raisedAt) {}
