package io.motorwatch.jobs.topology;

import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.model.Aggregate;
import io.motorwatch.model.Alarm;
import io.motorwatch.model.DeviceEvent;
import io.motorwatch.model.DeviceStatus;
import io.motorwatch.model.DeviceTopicTemplate;
import io.motorwatch.model.Rejection;
import io.motorwatch.model.TierInfo;
import io.motorwatch.model.TimelineEvent;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.model.serialization.AggregateSerializer;
import io.motorwatch.model.serialization.AlarmSerializer;
import io.motorwatch.model.serialization.DeviceEventSerializer;
import io.motorwatch.model.serialization.TierInfoSerializer;
import io.motorwatch.model.serialization.TimelineEventSerializer;
import io.motorwatch.model.serialization.TimelineReadingSerializer;
import io.motorwatch.patterns.operator.PatternOperator;
import io.motorwatch.patterns.yaml.InvalidFileException;
import io.motorwatch.source.decode.DecodeFunction;
import io.motorwatch.source.decode.HmacVerifier;
import io.motorwatch.source.decode.KeyFile;
import io.motorwatch.source.decode.MessageDecoder;
import io.motorwatch.source.decode.SignatureVerifier;
import io.motorwatch.source.decode.TopicTemplate;
import io.motorwatch.source.mqtt.MqttMessage;
import io.motorwatch.source.mqtt.MqttMessageSerializer;
import io.motorwatch.tiers.TierFunction;
import io.motorwatch.timeline.TimelineFunction;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Puts the stages together: one shuffle by device, everything behind it in one chain.
 *
 * <pre>
 * MQTT → decode → by device → timeline ─┬→ patterns → alarms to InfluxDB, alerts to MQTT
 *                                       ├→ readings to the hot tier
 *                                       └→ tiers → aggregates to InfluxDB
 * </pre>
 */
public final class MotorwatchTopology {

  private static final double TIER_INFO_PER_SECOND = 1.0 / 30;

  private final MotorwatchConfig config;
  private final String patternFile;
  private final Outputs outputs;
  private final Branches branches;

  /** Which branches a job has behind the timeline. */
  public enum Branches {
    DETECTION(true, false),
    RETENTION(false, true),
    BOTH(true, true);

    private final boolean detection;
    private final boolean retention;

    Branches(boolean detection, boolean retention) {
      this.detection = detection;
      this.retention = retention;
    }
  }

  /**
   * @param patternFile the text of the pattern file
   */
  public MotorwatchTopology(
      MotorwatchConfig config, String patternFile, Outputs outputs, Branches branches) {
    this.config = config;
    this.patternFile = patternFile;
    this.outputs = outputs;
    this.branches = branches;
  }

  /**
   * Adds the job to an environment.
   *
   * @throws InvalidFileException if the pattern file has faults
   */
  public void build(StreamExecutionEnvironment env, Source<MqttMessage, ?, ?> source)
      throws InvalidFileException {
    SingleOutputStreamOperator<DeviceEvent> events = decode(env, source);
    SingleOutputStreamOperator<DeviceEvent> patterns = patternGate(env, events);
    SingleOutputStreamOperator<TimelineEvent> timeline =
        timeline(
            events
                .union(patterns, requests(env, events))
                .keyBy(event -> event.device().path(), Types.STRING));
    DataStream<Rejection> rejected =
        events
            .getSideOutput(DecodeFunction.REJECTED)
            .union(
                timeline.getSideOutput(TimelineFunction.REJECTED),
                patterns.getSideOutput(PatternGate.REJECTED));
    DataStream<DeviceStatus> status = timeline.getSideOutput(TimelineFunction.STATUS);
    if (branches.detection) {
      SingleOutputStreamOperator<Alarm> alarms = detect(timeline);
      rejected = rejected.union(alarms.getSideOutput(PatternOperator.REJECTED));
      status = status.union(alarms.getSideOutput(PatternOperator.STATUS));
      patterns
          .getSideOutput(PatternGate.VERDICTS)
          .sinkTo(outputs.patternVerdicts())
          .uid(OperatorUids.SINK_PATTERN_VERDICTS)
          .name("verdict sink")
          .setDescription("What became of published pattern files, to motorwatch/patterns/status")
          .setParallelism(1);
    }
    if (branches.retention) {
      retain(timeline);
      tierInfo(env);
    }
    toSinks(status, rejected);
  }

  /**
   * Adds the detection alone, on recorded events.
   *
   * @param events decoded, each already in the subtask that its device's key group belongs to: they
   *     are not shuffled
   * @throws InvalidFileException if the pattern file has faults
   */
  public void buildOnHistory(DataStream<DeviceEvent> events) throws InvalidFileException {
    SingleOutputStreamOperator<TimelineEvent> timeline = timelineOfHistory(events);
    SingleOutputStreamOperator<Alarm> alarms = detect(timeline);
    toSinks(
        timeline
            .getSideOutput(TimelineFunction.STATUS)
            .union(alarms.getSideOutput(PatternOperator.STATUS)),
        timeline
            .getSideOutput(TimelineFunction.REJECTED)
            .union(alarms.getSideOutput(PatternOperator.REJECTED)));
  }

  /**
   * The readings of recorded events on their devices' timelines, as the patterns get them.
   *
   * @param events as of {@link #buildOnHistory}
   */
  public SingleOutputStreamOperator<TimelineEvent> timelineOfHistory(
      DataStream<DeviceEvent> events) {
    return timeline(
        DataStreamUtils.reinterpretAsKeyedStream(
            events, event -> event.device().path(), Types.STRING));
  }

  private void toSinks(DataStream<DeviceStatus> status, DataStream<Rejection> rejected) {
    status
        .sinkTo(outputs.status())
        .uid(OperatorUids.SINK_STATUS)
        .name("status sink")
        .setDescription("Online, offline and silent devices, to InfluxDB events.device_status");
    rejected
        .sinkTo(outputs.rejected())
        .uid(OperatorUids.SINK_REJECTED)
        .name("rejected sink")
        .setDescription("Refused messages and readings, to InfluxDB events.rejected");
  }

  private SingleOutputStreamOperator<DeviceEvent> patternGate(
      StreamExecutionEnvironment env, SingleOutputStreamOperator<DeviceEvent> events)
      throws InvalidFileException {
    return events
        .getSideOutput(DecodeFunction.PATTERNS)
        .process(
            new PatternGate(
                patternFile, config.patterns().live(), config.commands(), keyGroups(env)),
            DeviceEventSerializer.INSTANCE.typeInfo(DeviceEvent.class))
        .uid(OperatorUids.PATTERN_GATE)
        .name("pattern gate")
        .setDescription("Checks published pattern files and hands them to every key group")
        .setParallelism(1);
  }

  /** Requests about alarms of which only the id is known: they go to every key group. */
  private static DataStream<DeviceEvent> requests(
      StreamExecutionEnvironment env, SingleOutputStreamOperator<DeviceEvent> events) {
    return events
        .getSideOutput(DecodeFunction.TO_ALL)
        .flatMap(new ToEveryKeyGroup(keyGroups(env)))
        .returns(DeviceEventSerializer.INSTANCE.typeInfo(DeviceEvent.class))
        .uid(OperatorUids.ALARM_REQUESTS)
        .name("alarm requests")
        .setDescription("Acknowledgements by alarm id, to every key group")
        .setParallelism(1);
  }

  private static int keyGroups(StreamExecutionEnvironment env) {
    int set = env.getMaxParallelism();
    return set > 0
        ? set
        : KeyGroupRangeAssignment.computeDefaultMaxParallelism(env.getParallelism());
  }

  private SingleOutputStreamOperator<DeviceEvent> decode(
      StreamExecutionEnvironment env, Source<MqttMessage, ?, ?> source) {
    List<TopicTemplate> templates =
        config.mqtt().topics().stream().map(TopicTemplate::parse).toList();
    // More readers than sessions would have nothing to read.
    int parallelism = Math.min(env.getParallelism(), config.mqtt().sessions());
    return env.fromSource(
            source,
            WatermarkStrategy.noWatermarks(),
            "mqtt source",
            MqttMessageSerializer.INSTANCE.typeInfo(MqttMessage.class))
        .uid(OperatorUids.MQTT_SOURCE)
        .setDescription("MQTT messages, acknowledged once a checkpoint holds their effect")
        .setParallelism(parallelism)
        .process(
            new DecodeFunction(
                templates,
                verifier(),
                MessageDecoder.DEFAULT_MAX_PAYLOAD_BYTES,
                config.timeline().rejectedPerMinute()),
            DeviceEventSerializer.INSTANCE.typeInfo(DeviceEvent.class))
        .uid(OperatorUids.DECODE)
        .name("decode")
        .setDescription("MQTT payloads to device events; what cannot be read is rejected")
        .setParallelism(parallelism);
  }

  private SignatureVerifier verifier() {
    KeyFile keys = config.mqtt().signingKeys();
    return keys == null ? SignatureVerifier.NONE : new HmacVerifier(keys);
  }

  private SingleOutputStreamOperator<TimelineEvent> timeline(
      KeyedStream<DeviceEvent, String> events) {
    return events
        .process(
            new TimelineFunction(config.timeline(), config.tiers().longestKeepMs(), topicRoot()),
            TimelineEventSerializer.INSTANCE.typeInfo(TimelineEvent.class))
        .uid(OperatorUids.TIMELINE)
        .name("timeline")
        .setDescription("Order, duplicates and silence of each device, on its own clock");
  }

  /** The root of a device's topics where there is but one template, else unknown. */
  private String topicRoot() {
    return config.mqtt().topics().size() == 1 ? config.mqtt().topics().get(0) : "";
  }

  /** Returns the operator, whose side outputs go to others' sinks. */
  private SingleOutputStreamOperator<Alarm> detect(DataStream<TimelineEvent> timeline)
      throws InvalidFileException {
    SingleOutputStreamOperator<Alarm> alarms =
        DataStreamUtils.reinterpretAsKeyedStream(
                timeline, event -> event.device().path(), Types.STRING)
            .transform(
                "patterns",
                AlarmSerializer.INSTANCE.typeInfo(Alarm.class),
                new PatternOperator(patternFile, new DeviceTopicTemplate(topicRoot())))
            .uid(OperatorUids.PATTERNS)
            .setDescription("Signals, motor state, CEP sequences and the life of alarms");
    alarms
        .sinkTo(outputs.alerts())
        .uid(OperatorUids.SINK_ALERTS)
        .name("alert sink")
        .setDescription("Alerts, retained alarms and commands, to the broker");
    alarms
        .sinkTo(outputs.alarms())
        .uid(OperatorUids.SINK_ALARMS)
        .name("alarm sink")
        .setDescription("Transitions of alarms, to InfluxDB events.alarm");
    return alarms;
  }

  private void retain(DataStream<TimelineEvent> timeline) {
    timeline
        .flatMap(new ReadingsOnly())
        .returns(TimelineReadingSerializer.INSTANCE.typeInfo(TimelineReading.class))
        .uid(OperatorUids.READINGS)
        .name("readings")
        .setDescription("Readings alone, of all that the timeline emits")
        .sinkTo(outputs.hot())
        .uid(OperatorUids.SINK_HOT)
        .name("hot sink")
        .setDescription("Readings as they came, to InfluxDB hot.telemetry");
    DataStreamUtils.reinterpretAsKeyedStream(timeline, event -> event.device().path(), Types.STRING)
        .process(
            new TierFunction(config.tiers()),
            AggregateSerializer.INSTANCE.typeInfo(Aggregate.class))
        .uid(OperatorUids.TIERS)
        .name("tiers")
        .setDescription("Windows of each tier and device")
        .sinkTo(outputs.aggregates())
        .uid(OperatorUids.SINK_AGGREGATES)
        .name("tier sink")
        .setDescription("Windows of the tiers, to InfluxDB telemetry_agg");
  }

  private void tierInfo(StreamExecutionEnvironment env) {
    DataGeneratorSource<Long> ticks =
        new DataGeneratorSource<>(
            index -> System.currentTimeMillis(),
            Long.MAX_VALUE,
            RateLimiterStrategy.perSecond(TIER_INFO_PER_SECOND),
            Types.LONG);
    env.fromSource(ticks, WatermarkStrategy.noWatermarks(), "tier info clock")
        .uid(OperatorUids.TIER_INFO_SOURCE)
        .setDescription("Ticks for the rows that describe the tiers")
        .setParallelism(1)
        .flatMap(new TierInfoRows(config.tiers()))
        .returns(TierInfoSerializer.INSTANCE.typeInfo(TierInfo.class))
        .uid(OperatorUids.TIER_INFO)
        .name("tier info")
        .setDescription("One row for each tier, twice a minute")
        .setParallelism(1)
        .sinkTo(outputs.tierInfo())
        .uid(OperatorUids.SINK_TIER_INFO)
        .name("tier info sink")
        .setDescription("Which tier is for which time range, to InfluxDB tier_info")
        .setParallelism(1);
  }
}
