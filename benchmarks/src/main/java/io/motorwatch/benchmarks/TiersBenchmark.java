package io.motorwatch.benchmarks;

import io.motorwatch.jobs.config.MotorwatchConfig;
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
import io.motorwatch.tiers.TierFunction;
import java.io.PrintStream;
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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * How many readings a second the tiers take: devices of six fields, the readings made in the same
 * chain and the aggregates thrown away. Two minutes and a bit of each device, so that every device
 * closes minutes, all of them at about the same time. {@code ratioToParse} is the processor time of
 * the tiers by that of decoding as many messages, both less that of making their input. Then what
 * each tier keeps of a device, see {@link TierState}.
 */
@Command
final class TiersBenchmark implements Benchmark {

  private static final int MAX_PARALLELISM = 128;
  private static final int READINGS_EACH = 130;

  @Option(
      names = "--devices",
      paramLabel = "N",
      defaultValue = "100000",
      description = "Devices with state on the heap; default ${DEFAULT-VALUE}.")
  int heapDevices;

  @Option(
      names = "--rocksdb-devices",
      paramLabel = "N",
      defaultValue = "25000",
      description = "Devices with state in RocksDB; default ${DEFAULT-VALUE}.")
  int rocksDbDevices;

  @Option(
      names = "--state-devices",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Devices whose state is measured; default ${DEFAULT-VALUE}.")
  int stateDevices;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "2",
      description = "Subtasks; default ${DEFAULT-VALUE}.")
  int parallelism;

  @Mixin final SharedOptions.BestOf bestOf = new SharedOptions.BestOf();

  /** What is put behind the ticks. */
  private enum Load {
    MESSAGES,
    PARSE,
    READINGS,
    TIERS
  }

  @Override
  public void run(PrintStream out) throws Exception {
    MotorwatchConfig config = ShippedConfig.load();
    out.println(throughput(config, Backend.HASHMAP, heapDevices));
    out.println(throughput(config, Backend.ROCKSDB, rocksDbDevices));
    TierState.measure(config.tiers(), stateDevices, out);
  }

  private Result throughput(MotorwatchConfig config, Backend backend, int devices)
      throws Exception {
    OwnDevices own = OwnDevices.of(devices, MAX_PARALLELISM, parallelism);
    Map<Load, Cost> measured = new EnumMap<>(Load.class);
    for (Load load : Load.values()) {
      Cost best = Cost.MAXIMUM;
      for (int round = 0; round < bestOf.rounds; round++) {
        best = best.lower(measure(load, config, backend, own));
      }
      measured.put(load, best);
    }
    long readings = readings(own);
    Cost tiers = measured.getOrDefault(Load.TIERS, Cost.MAXIMUM);
    Cost parse = measured.getOrDefault(Load.PARSE, Cost.MAXIMUM);
    double tiersAlone = tiers.cpuSeconds() - cpu(measured, Load.READINGS);
    double parseAlone = parse.cpuSeconds() - cpu(measured, Load.MESSAGES);
    return new Result("tiers", backend == Backend.HASHMAP ? "heap" : backend.flinkName())
        .with("readingsPerSecond", tiers.perSecond(readings))
        .with("parsePerSecond", parse.perSecond(readings))
        .with("cpuSecondsPerMillion", tiersAlone * 1e6 / readings)
        .with("ratioToParse", tiersAlone / parseAlone)
        .with("devices", devices)
        .with("fields", 6)
        .with("parallelism", parallelism)
        .withText("backend", backend.flinkName());
  }

  private static double cpu(Map<Load, Cost> measured, Load load) {
    return measured.getOrDefault(load, Cost.MAXIMUM).cpuSeconds();
  }

  private static long readings(OwnDevices devices) {
    return (long) READINGS_EACH * devices.count();
  }

  private Cost measure(Load load, MotorwatchConfig config, Backend backend, OwnDevices devices)
      throws Exception {
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(StateBackendOptions.STATE_BACKEND, backend.flinkName());
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, settings);
    env.setMaxParallelism(MAX_PARALLELISM);
    DataStream<Long> ticks =
        env.fromSource(
            new DataGeneratorSource<>(index -> index, readings(devices), Types.LONG),
            WatermarkStrategy.noWatermarks(),
            "ticks");
    add(load, ticks, config, devices);
    Cost.Meter meter = Cost.start();
    env.execute("tiers " + load);
    return meter.stop();
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

    private final SyntheticFleet fleet;
    private final OwnDevices devices;
    private final Maker<T> maker;
    private int next;
    private long turn;

    private Make(OwnDevices devices, Maker<T> maker) {
      this.fleet = new SyntheticFleet(devices.count(), true);
      this.devices = devices;
      this.maker = maker;
    }

    @Override
    public T map(Long tick) {
      int[] own = devices.numbers()[getRuntimeContext().getTaskInfo().getIndexOfThisSubtask()];
      T made = maker.make(fleet, turn * devices.count() + own[next]);
      if (++next == own.length) {
        next = 0;
        turn++;
      }
      return made;
    }
  }
}
