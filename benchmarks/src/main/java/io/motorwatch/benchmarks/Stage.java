package io.motorwatch.benchmarks;

import io.motorwatch.benchmarks.rivals.TwoRules;
import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.jobs.tiers.TierFunction;
import io.motorwatch.jobs.timeline.TimelineFunction;
import io.motorwatch.model.Aggregate;
import io.motorwatch.model.Alarm;
import io.motorwatch.model.DeviceEvent;
import io.motorwatch.model.TimelineEvent;
import io.motorwatch.model.serialization.AggregateSerializer;
import io.motorwatch.model.serialization.AlarmSerializer;
import io.motorwatch.model.serialization.DeviceEventSerializer;
import io.motorwatch.model.serialization.TimelineEventSerializer;
import io.motorwatch.patterns.operator.PatternOperator;
import io.motorwatch.source.decode.DecodeFunction;
import io.motorwatch.source.decode.MessageDecoder;
import io.motorwatch.source.decode.SignatureVerifier;
import io.motorwatch.source.decode.TopicTemplate;
import io.motorwatch.source.mqtt.MqttMessage;
import java.nio.file.Files;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * How far the messages go, each stage with all it needs before it. The very operators of the job,
 * chained as there. {@code two-patterns} has overload and stall only, {@code patterns} and {@code
 * everything} the whole shipped library.
 */
enum Stage {
  GENERATE("generate"),
  PARSE("parse"),
  SHUFFLE("shuffle"),
  TIMELINE("timeline"),
  TWO_PATTERNS("two-patterns"),
  PATTERNS("patterns"),
  TIERS("tiers"),
  EVERYTHING("everything");

  private final String variant;

  Stage(String variant) {
    this.variant = variant;
  }

  /** Its name in results. */
  String variant() {
    return variant;
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
    if (this != TIERS) {
      String patterns =
          this == TWO_PATTERNS
              ? TwoRules.patternFile()
              : Files.readString(config.patterns().file());
      ordered
          .transform(
              "patterns",
              AlarmSerializer.INSTANCE.typeInfo(Alarm.class),
              new PatternOperator(patterns))
          .sinkTo(new DiscardingSink<>());
    }
    if (this == TIERS || this == EVERYTHING) {
      ordered
          .process(
              new TierFunction(config.tiers()),
              AggregateSerializer.INSTANCE.typeInfo(Aggregate.class))
          .sinkTo(new DiscardingSink<>());
    }
  }
}
