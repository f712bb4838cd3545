package io.motorwatch.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.jobs.tiers.TierFunction;
import io.motorwatch.model.Aggregate;
import io.motorwatch.model.Attributes;
import io.motorwatch.model.DeviceEvent;
import io.motorwatch.model.Reading;
import io.motorwatch.model.TimelineEvent;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.model.serialization.AggregateSerializer;
import io.motorwatch.model.serialization.DeviceEventSerializer;
import io.motorwatch.model.serialization.TimelineEventSerializer;
import io.motorwatch.source.decode.DecodeFunction;
import io.motorwatch.source.decode.MessageDecoder;
import io.motorwatch.source.decode.SignatureVerifier;
import io.motorwatch.source.decode.TopicTemplate;
import io.motorwatch.source.mqtt.MqttMessage;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import picocli.CommandLine.Command;

/**
 * How many readings a second the tiers take: 100,000 devices of six fields on two cores, state on
 * the heap, the readings made in the same chain and the aggregates thrown away. Some minutes of
 * device time, so that every device closes minutes, all of them at about the same time. {@code
 * ratioToParse} is the processor time of the tiers by that of decoding as many messages, both less
 * that of making their input.
 */
@Command
final class TiersBenchmark implements Benchmark {

  private static final int DEVICES = 100_000;
  private static final int PARALLELISM = 2;
  private static final int MAX_PARALLELISM = 128;
  private static final int ROUNDS = 2;

  /** Two minutes and a bit of each device. */
  private static final long READINGS = 130L * DEVICES;

  /** What is put behind the ticks. */
  private enum Load {
    MESSAGES,
    PARSE,
    READINGS,
    TIERS
  }

  private record Measured(double seconds, double cpuSeconds) {}

  @Override
  public void run(PrintStream out) throws Exception {
    MotorwatchConfig config = ShippedConfig.load();
    OwnDevices devices = OwnDevices.of(DEVICES, MAX_PARALLELISM, PARALLELISM);
    Map<Load, Measured> measured = new EnumMap<>(Load.class);
    for (Load load : Load.values()) {
      Measured best = null;
      for (int round = 0; round < ROUNDS; round++) {
        Measured next = measure(load, config, devices);
        best = best == null || next.cpuSeconds < best.cpuSeconds ? next : best;
      }
      measured.put(load, best);
    }
    double parse = measured.get(Load.PARSE).cpuSeconds - measured.get(Load.MESSAGES).cpuSeconds;
    double tiers = measured.get(Load.TIERS).cpuSeconds - measured.get(Load.READINGS).cpuSeconds;
    out.println(
        new Result("tiers", "heap")
            .with("readingsPerSecond", Math.round(READINGS / measured.get(Load.TIERS).seconds))
            .with("parsePerSecond", Math.round(READINGS / measured.get(Load.PARSE).seconds))
            .with("cpuSecondsPerMillion", tiers * 1e6 / READINGS)
            .with("ratioToParse", tiers / parse)
            .with("devices", DEVICES)
            .with("fields", 6)
            .with("parallelism", PARALLELISM)
            .withText("backend", "hashmap"));
  }

  private static Measured measure(Load load, MotorwatchConfig config, OwnDevices devices)
      throws Exception {
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(StateBackendOptions.STATE_BACKEND, "hashmap");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(PARALLELISM, settings);
    env.setMaxParallelism(MAX_PARALLELISM);
    DataStream<Long> ticks =
        env.fromSource(
            new DataGeneratorSource<>(index -> index, READINGS, Types.LONG),
            WatermarkStrategy.noWatermarks(),
            "ticks");
    add(load, ticks, config, devices);
    OperatingSystemMXBean process =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    System.gc();
    long cpu = process.getProcessCpuTime();
    long from = System.nanoTime();
    env.execute("tiers " + load);
    return new Measured(
        (System.nanoTime() - from) / 1e9, (process.getProcessCpuTime() - cpu) / 1e9);
  }

  private static void add(
      Load load, DataStream<Long> ticks, MotorwatchConfig config, OwnDevices devices) {
    switch (load) {
      case MESSAGES -> messages(ticks, devices).sinkTo(new DiscardingSink<>());
      case READINGS -> readings(ticks, devices).sinkTo(new DiscardingSink<>());
      case PARSE ->
          messages(ticks, devices)
              .process(
                  new DecodeFunction(
                      List.of(TopicTemplate.parse("site/{site}/device/{device}")),
                      SignatureVerifier.NONE,
                      MessageDecoder.DEFAULT_MAX_PAYLOAD_BYTES,
                      config.timeline().rejectedPerMinute()),
                  DeviceEventSerializer.INSTANCE.typeInfo(DeviceEvent.class))
              .sinkTo(new DiscardingSink<>());
      case TIERS ->
          DataStreamUtils.reinterpretAsKeyedStream(
                  readings(ticks, devices), event -> event.device().path(), Types.STRING)
              .process(
                  new TierFunction(config.tiers()),
                  AggregateSerializer.INSTANCE.typeInfo(Aggregate.class))
              .sinkTo(new DiscardingSink<>());
    }
  }

  private static DataStream<MqttMessage> messages(DataStream<Long> ticks, OwnDevices devices) {
    return made(ticks, devices, SyntheticFleet::message, MqttMessage.TYPE_INFO);
  }

  private static DataStream<TimelineEvent> readings(DataStream<Long> ticks, OwnDevices devices) {
    return made(
        ticks,
        devices,
        (fleet, index) -> TimelineReading.complete((Reading) fleet.reading(index), Attributes.NONE),
        TimelineEventSerializer.INSTANCE.typeInfo(TimelineEvent.class));
  }

  private static <T> DataStream<T> made(
      DataStream<Long> ticks, OwnDevices devices, Maker<T> maker, TypeInformation<T> type) {
    return ticks.map(new Make<>(devices, maker)).returns(type);
  }

  /** Makes what a fleet sends of an index. */
  private interface Maker<T> extends java.io.Serializable {
    T make(SyntheticFleet fleet, long index);
  }

  /** Each tick is the next reading in turn of this subtask's own devices. */
  private static final class Make<T> extends RichMapFunction<Long, T> {

    private static final long serialVersionUID = 1L;

    private final SyntheticFleet fleet = new SyntheticFleet(DEVICES, true);
    private final OwnDevices devices;
    private final Maker<T> maker;
    private int next;
    private long turn;

    private Make(OwnDevices devices, Maker<T> maker) {
      this.devices = devices;
      this.maker = maker;
    }

    @Override
    public T map(Long tick) {
      int[] own = devices.numbers()[getRuntimeContext().getTaskInfo().getIndexOfThisSubtask()];
      T made = maker.make(fleet, turn * DEVICES + own[next]);
      if (++next == own.length) {
        next = 0;
        turn++;
      }
      return made;
    }
  }
}
