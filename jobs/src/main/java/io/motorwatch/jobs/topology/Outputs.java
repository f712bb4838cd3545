package io.motorwatch.jobs.topology;

import io.motorwatch.model.Aggregate;
import io.motorwatch.model.Alarm;
import io.motorwatch.model.DeviceStatus;
import io.motorwatch.model.Rejection;
import io.motorwatch.model.TierInfo;
import io.motorwatch.model.TimelineReading;
import org.apache.flink.api.connector.sink2.Sink;

/**
 * Where each kind of result goes.
 *
 * @param alarms the database's
 * @param alerts the broker's
 * @param patternVerdicts what became of published pattern files, as JSON; the broker's
 */
public record Outputs(
    Sink<TimelineReading> hot,
    Sink<Aggregate> aggregates,
    Sink<Alarm> alarms,
    Sink<Alarm> alerts,
    Sink<DeviceStatus> status,
    Sink<Rejection> rejected,
    Sink<TierInfo> tierInfo,
    Sink<String> patternVerdicts) {}
