package io.motorwatch.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.source.mqtt.MqttMessage;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;

/**
 * What each stage of the pipeline costs: the same messages generated in the job itself, taken
 * through more and more of its operators, without broker and database. {@code ratioToParse} is the
 * stage's own processor time (less that of the stage before) by that of parsing alone; {@code
 * cpuSecondsPerMillion} is that of the whole process, with all before it, for a million messages.
 */
@Command
final class StagesBenchmark implements Benchmark {

  private static final int DEVICES = 1_000;
  private static final int PARALLELISM = 1;
  private static final int ROUNDS = 3;

  /** RocksDB is slower by so much that fewer messages tell as much. */
  private static final List<Backend> BACKENDS =
      List.of(new Backend("hashmap", 2_000_000), new Backend("rocksdb", 300_000));

  private record Backend(String name, long messages) {}

  /** Each with the one whose time it adds to. */
  private static final Map<Stage, Stage> BEFORE =
      new EnumMap<>(
          Map.of(
              Stage.PARSE, Stage.GENERATE,
              Stage.SHUFFLE, Stage.PARSE,
              Stage.TIMELINE, Stage.SHUFFLE,
              Stage.PATTERNS, Stage.TIMELINE,
              Stage.TIERS, Stage.TIMELINE,
              Stage.EVERYTHING, Stage.TIMELINE));

  private record Measured(double seconds, double cpuSeconds) {}

  @Override
  public void run(PrintStream out) throws Exception {
    MotorwatchConfig config = ShippedConfig.load();
    for (Backend backend : BACKENDS) {
      Map<Stage, Measured> measured = new EnumMap<>(Stage.class);
      for (Stage stage : Stage.values()) {
        measure(stage, config, backend);
        Measured best = null;
        for (int round = 0; round < ROUNDS; round++) {
          Measured next = measure(stage, config, backend);
          best = best == null || next.cpuSeconds < best.cpuSeconds ? next : best;
        }
        measured.put(stage, best);
        out.println(result(stage, backend, measured));
      }
    }
  }

  private static Result result(Stage stage, Backend backend, Map<Stage, Measured> measured) {
    Measured own = measured.get(stage);
    Result result =
        new Result("stages", stage.variant())
            .with("msgPerSecond", Math.round(backend.messages / own.seconds))
            .with("cpuSecondsPerMillion", own.cpuSeconds * 1e6 / backend.messages);
    Stage before = BEFORE.get(stage);
    if (before != null) {
      double parse = measured.get(Stage.PARSE).cpuSeconds - measured.get(Stage.GENERATE).cpuSeconds;
      double stageAlone = own.cpuSeconds - measured.get(before).cpuSeconds;
      result.with("ratioToParse", stageAlone / parse);
    }
    return result
        .with("devices", DEVICES)
        .with("parallelism", PARALLELISM)
        .withText("backend", backend.name);
  }

  private static Measured measure(Stage stage, MotorwatchConfig config, Backend backend)
      throws Exception {
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(StateBackendOptions.STATE_BACKEND, backend.name);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(PARALLELISM, settings);
    SyntheticFleet fleet = new SyntheticFleet(DEVICES, true);
    DataStream<MqttMessage> source =
        env.fromSource(
            new DataGeneratorSource<>(fleet::message, backend.messages, MqttMessage.TYPE_INFO),
            WatermarkStrategy.noWatermarks(),
            "fleet");
    stage.addTo(source, config);
    OperatingSystemMXBean process =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    System.gc();
    long cpu = process.getProcessCpuTime();
    long from = System.nanoTime();
    env.execute("stages " + stage.variant());
    return new Measured(
        (System.nanoTime() - from) / 1e9, (process.getProcessCpuTime() - cpu) / 1e9);
  }
}
