package io.motorwatch.jobs.topology;

import io.motorwatch.model.TimelineEvent;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.model.serialization.TimelineReadingSerializer;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * The job's own way from the timeline to the hot tier. In this package since that is the topology's
 * affair, which only its benchmark should reach.
 */
public final class HotReadings {

  private HotReadings() {}

  /** What the hot tier gets of a timeline. */
  public static DataStream<TimelineReading> of(DataStream<TimelineEvent> timeline) {
    return timeline
        .flatMap(new ReadingsOnly())
        .returns(TimelineReadingSerializer.INSTANCE.typeInfo(TimelineReading.class));
  }
}
