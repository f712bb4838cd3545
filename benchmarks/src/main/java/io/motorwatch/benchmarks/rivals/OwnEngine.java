package io.motorwatch.benchmarks.rivals;

import io.motorwatch.model.Alarm;
import io.motorwatch.model.AlarmState;
import io.motorwatch.model.Attributes;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.Reading;
import io.motorwatch.model.TimelineEvent;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.model.serialization.AlarmSerializer;
import io.motorwatch.model.serialization.TimelineEventSerializer;
import io.motorwatch.patterns.operator.PatternOperator;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import org.apache.flink.api.common.functions.FilterFunction;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * The pattern operator of the job. Making its readings from the samples is charged to it, and so is
 * the expression of the pattern file ({@code current / ratedCurrent}), which the others are spared.
 */
final class OwnEngine implements Engine {

  private static final double RATED = 10;

  @Override
  public String variant() {
    return "motorwatch";
  }

  @Override
  public SortedSet<Raised> evaluate(LoadStream stream) throws Exception {
    String rules = TwoRules.patternFile();
    return FlinkJob.run(
        stream,
        samples ->
            DataStreamUtils.reinterpretAsKeyedStream(
                    samples
                        .map(new ToReading())
                        .returns(TimelineEventSerializer.INSTANCE.typeInfo(TimelineEvent.class)),
                    event -> event.device().path(),
                    Types.STRING)
                .transform(
                    "patterns",
                    AlarmSerializer.INSTANCE.typeInfo(Alarm.class),
                    new PatternOperator(rules))
                .filter(new Report())
                .sinkTo(new DiscardingSink<>()));
  }

  private static final class ToReading implements MapFunction<Sample, TimelineEvent> {

    private static final long serialVersionUID = 1L;
    private static final FieldLayout CURRENT = FieldLayout.of("current");

    private final Map<String, DeviceId> devices = new HashMap<>();

    @Override
    public TimelineEvent map(Sample sample) {
      DeviceId device = devices.computeIfAbsent(sample.device, ToReading::parse);
      double[] current = {sample.load * RATED};
      Reading reading = new Reading(device, sample.at, sample.at, Reading.NO_SEQ, CURRENT, current);
      return TimelineReading.complete(reading, Attributes.NONE);
    }

    private static DeviceId parse(String path) {
      String[] parts = path.split("/", 2);
      return new DeviceId(parts[0], parts[1]);
    }
  }

  /** Lets nothing through. */
  private static final class Report implements FilterFunction<Alarm> {

    private static final long serialVersionUID = 1L;

    @Override
    public boolean filter(Alarm alarm) {
      if (alarm.state() == AlarmState.RAISED) {
        FlinkJob.found(
            new Raised(
                alarm.episode().device().path(),
                alarm.episode().pattern(),
                alarm.episode().onsetAt(),
                alarm.at()));
      }
      return false;
    }
  }
}
