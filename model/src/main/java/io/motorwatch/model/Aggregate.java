package io.motorwatch.model;

import java.util.Map;

/**
 * A window of a device, whole: writing it again after a correction replaces it.
 *
 * @param tier the tier's name: retention policy or bucket suffix
 * @param windowStart device time, epoch milliseconds
 * @param fields statistics by field name, in a stable order
 */
public record Aggregate(
    DeviceId device, String tier, long windowStart, Map<String, FieldStatistics> fields) {}
