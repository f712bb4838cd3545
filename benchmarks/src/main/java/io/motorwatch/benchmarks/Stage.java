package io.motorwatch.benchmarks;

import io.motorwatch.benchmarks.rivals.TwoRules;
import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.jobs.topology.HotReadings;
import io.motorwatch.model.Aggregate;
import io.motorwatch.model.Alarm;
import io.motorwatch.model.DeviceEvent;
import io.motorwatch.model.TimelineEvent;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.model.serialization.AggregateSerializer;
import io.motorwatch.model.serialization.AlarmSerializer;
import io.motorwatch.model.serialization.DeviceEventSerializer;
import io.motorwatch.model.serialization.TimelineEventSerializer;
import io.motorwatch.patterns.operator.PatternOperator;
import io.motorwatch.patterns.yaml.InvalidFileException;
import io.motorwatch.sink.influx.PointWriter;
import io.motorwatch.sink.influx.schema.AggregatePoints;
import io.motorwatch.sink.influx.schema.AlarmPoints;
import io.motorwatch.sink.influx.schema.TelemetryPoints;
import io.motorwatch.source.decode.DecodeFunction;
import io.motorwatch.source.decode.MessageDecoder;
import io.motorwatch.source.decode.SignatureVerifier;
import io.motorwatch.source.decode.TopicTemplate;
import io.motorwatch.source.mqtt.MqttMessage;
import io.motorwatch.tiers.TierFunction;
import io.motorwatch.timeline.TimelineFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.jspecify.annotations.Nullable;

/**
 * How far the messages go, each stage with all it needs before it. The very operators of the job,
 * chained as there. {@code two-patterns} has overload and stall only, {@code patterns} and {@code
 * everything} the whole shipped library. {@code everything} also encodes what goes to InfluxDB:
 * readings, aggregates and alarms.
 */
enum Stage {
  GENERATE("generate", null),
  PARSE("parse", GENERATE),
  SHUFFLE("shuffle", PARSE),
  TIMELINE("timeline", SHUFFLE),
  TWO_PATTERNS("two-patterns", TIMELINE),
  PATTERNS("patterns", TIMELINE),
  TIERS("tiers", TIMELINE),
  EVERYTHING("everything", TIMELINE);

  private static final TelemetryPoints HOT = new TelemetryPoints(null, Clock.systemUTC());

  private final String variant;
  private final @Nullable Stage before;

  Stage(String variant, @Nullable Stage before) {
    this.variant = variant;
    this.before = before;
  }

  /** Its name in results. */
  String variant() {
    return variant;
  }

  /** The one whose cost it adds to; null of the first. */
  @Nullable Stage before() {
    return before;
  }

  /**
   * Those and all that they are reported in relation to, in order; parsing and all before it
   * always.
   */
  static Set<Stage> withThoseBefore(List<Stage> wanted) {
    Set<Stage> all = EnumSet.of(GENERATE, PARSE);
    for (Stage each : wanted) {
      for (Stage stage = each; stage != null; stage = stage.before) {
        all.add(stage);
      }
    }
    return all;
  }

  /** Puts the stages up to this one behind the messages. */
  void addTo(DataStream<MqttMessage> messages, MotorwatchConfig config) throws Exception {
    if (this == GENERATE) {
      messages.sinkTo(new DiscardingSink<>());
      return;
    }
    DataStream<DeviceEvent> events =
        messages.process(
            new DecodeFunction(
                List.of(TopicTemplate.parse("site/{site}/device/{device}")),
                SignatureVerifier.NONE,
                MessageDecoder.DEFAULT_MAX_PAYLOAD_BYTES,
                config.timeline().rejectedPerMinute()),
            DeviceEventSerializer.INSTANCE.typeInfo(DeviceEvent.class));
    if (this == PARSE) {
      events.sinkTo(new DiscardingSink<>());
      return;
    }
    KeyedStream<DeviceEvent, String> byDevice =
        events.keyBy(event -> event.device().path(), Types.STRING);
    if (this == SHUFFLE) {
      byDevice.sinkTo(new DiscardingSink<>());
      return;
    }
    DataStream<TimelineEvent> timeline =
        byDevice.process(
            new TimelineFunction(config.timeline(), Long.MAX_VALUE, ""),
            TimelineEventSerializer.INSTANCE.typeInfo(TimelineEvent.class));
    if (this == TIMELINE) {
      timeline.sinkTo(new DiscardingSink<>());
      return;
    }
    KeyedStream<TimelineEvent, String> ordered =
        DataStreamUtils.reinterpretAsKeyedStream(
            timeline, event -> event.device().path(), Types.STRING);
    switch (this) {
      case TWO_PATTERNS -> alarms(ordered, TwoRules.patternFile()).sinkTo(new DiscardingSink<>());
      case PATTERNS -> alarms(ordered, shipped(config)).sinkTo(new DiscardingSink<>());
      case TIERS -> aggregates(ordered, config).sinkTo(new DiscardingSink<>());
      default -> {
        alarms(ordered, shipped(config)).sinkTo(new EncodingSink<>(new AlarmPoints()));
        HotReadings.of(timeline).sinkTo(new EncodingSink<>(Stage::encode));
        aggregates(ordered, config).sinkTo(new EncodingSink<>(new AggregatePoints(Set.of())));
      }
    }
  }

  private static String shipped(MotorwatchConfig config) throws IOException {
    return Files.readString(config.patterns().file());
  }

  private static DataStream<Alarm> alarms(
      KeyedStream<TimelineEvent, String> ordered, String patterns) throws InvalidFileException {
    return ordered.transform(
        "patterns", AlarmSerializer.INSTANCE.typeInfo(Alarm.class), new PatternOperator(patterns));
  }

  private static DataStream<Aggregate> aggregates(
      KeyedStream<TimelineEvent, String> ordered, MotorwatchConfig config) {
    return ordered.process(
        new TierFunction(config.tiers()), AggregateSerializer.INSTANCE.typeInfo(Aggregate.class));
  }

  /** However old: what is made up here has times of long ago, which the job would leave out. */
  private static void encode(TimelineReading reading, PointWriter out) {
    HOT.serialize(reading.reading(), out);
  }
}
