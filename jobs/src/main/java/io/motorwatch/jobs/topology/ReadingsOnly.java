package io.motorwatch.jobs.topology;

import io.motorwatch.model.TimelineEvent;
import io.motorwatch.model.TimelineReading;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Lets the readings through; the hot tier has no place for other events of the timeline. */
final class ReadingsOnly implements FlatMapFunction<TimelineEvent, TimelineReading> {

  private static final long serialVersionUID = 1L;

  @Override
  public void flatMap(TimelineEvent event, Collector<TimelineReading> out) {
    if (event instanceof TimelineReading reading) {
      out.collect(reading);
    }
  }
}
