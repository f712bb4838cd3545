package io.motorwatch.benchmarks;

import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.source.mqtt.MqttMessage;
import java.io.PrintStream;
import java.util.EnumSet;
import java.util.HashMap;
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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What each stage of the pipeline costs: the same messages generated in the job itself, taken
 * through more and more of its operators, without broker and database. Each device first publishes
 * its nameplate, which is a message as any other.
 *
 * <p>{@code cpuSecondsPerMillion} is that of the whole process, with all before the stage, for a
 * million messages, the start of the job included. {@code ratioToParse} is the stage's own
 * processor time (less that of the stage before) by that of parsing; {@code shareOfParse} its
 * messages a second by those of parsing; {@code ratioToHeap} its {@code cpuSecondsPerMillion} by
 * that with state on the heap. {@code lineBytesPerMessage} is what was encoded for InfluxDB.
 */
@Command
final class StagesBenchmark implements Benchmark {

  @Option(
      names = "--devices",
      paramLabel = "N",
      split = ",",
      defaultValue = "1000,100000",
      description = "Devices, by comma; default ${DEFAULT-VALUE}.")
  List<Integer> devices = List.of();

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      split = ",",
      defaultValue = "1,2",
      description = "Subtasks of each operator, by comma; default ${DEFAULT-VALUE}.")
  List<Integer> parallelisms = List.of();

  @Mixin final SharedOptions.Backends backends = new SharedOptions.Backends();

  @Option(
      names = "--stages",
      paramLabel = "NAME",
      split = ",",
      description = "Only these and those they add to: ${COMPLETION-CANDIDATES}.")
  List<Stage> stages = List.of(Stage.values());

  @Option(
      names = "--messages",
      paramLabel = "N",
      defaultValue = "2000000",
      description = "Readings of a round; with RocksDB a fifth of them; default ${DEFAULT-VALUE}.")
  long messages;

  @Mixin final SharedOptions.RoundsInTurns rounds = new SharedOptions.RoundsInTurns();

  /** What settings of both backends have in common. */
  private record Fleet(int devices, int parallelism) {}

  /** What all stages of a comparison have in common. */
  private record Setting(Backend backend, Fleet fleet, long readings) {

    NameplatesFirst messages() {
      return new NameplatesFirst(SyntheticFleet.spread(fleet.devices), fleet.devices);
    }
  }

  @Override
  public void run(PrintStream out) throws Exception {
    MotorwatchConfig config = ShippedConfig.load();
    Map<Fleet, StageCosts> onHeap = new HashMap<>();
    // The heap first, whatever the order asked for: the others are reported in relation to it.
    for (Backend backend : EnumSet.copyOf(backends.list)) {
      for (int size : devices) {
        for (int parallelism : parallelisms) {
          long readings = backend == Backend.ROCKSDB ? messages / 5 : messages;
          Fleet fleet = new Fleet(size, parallelism);
          measureAll(config, new Setting(backend, fleet, readings), onHeap, out);
        }
      }
    }
  }

  private void measureAll(
      MotorwatchConfig config, Setting setting, Map<Fleet, StageCosts> onHeap, PrintStream out)
      throws Exception {
    long all = setting.messages().messages(setting.readings);
    EncodingSink.takeBytes();
    StageCosts costs =
        new StageCosts(
            Rounds.least(
                rounds.count,
                List.copyOf(Stage.withThoseBefore(stages)),
                stage -> measure(stage, config, setting)),
            all);
    double encodedBytes = (double) EncodingSink.takeBytes() / ((rounds.count + 1) * all);
    if (setting.backend == Backend.HASHMAP) {
      onHeap.put(setting.fleet, costs);
    }
    StageCosts heap = onHeap.getOrDefault(setting.fleet, new StageCosts(Map.of(), all));
    for (Stage stage : costs.costs().keySet()) {
      Result result =
          new Result("stages", stage.variant())
              .with("msgPerSecond", costs.of(stage).perSecond(all))
              .with("cpuSecondsPerMillion", costs.of(stage).cpuSecondsPerMillion(all))
              .with("ratioToParse", costs.ratioToParse(stage))
              .with("shareOfParse", costs.shareOfParse(stage));
      if (setting.backend != Backend.HASHMAP) {
        result.with("ratioToHeap", costs.ratioTo(heap, stage));
      }
      if (stage == Stage.EVERYTHING) {
        result.with("lineBytesPerMessage", encodedBytes);
      }
      out.println(
          result
              .with("devices", setting.fleet.devices)
              .with("parallelism", setting.fleet.parallelism)
              .withText("backend", setting.backend.flinkName()));
    }
  }

  private static Cost measure(Stage stage, MotorwatchConfig config, Setting setting)
      throws Exception {
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(StateBackendOptions.STATE_BACKEND, setting.backend.flinkName());
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(setting.fleet.parallelism, settings);
    NameplatesFirst fleet = setting.messages();
    InterleavedNumbering order =
        InterleavedNumbering.of(fleet.messages(setting.readings), setting.fleet.parallelism);
    DataStream<MqttMessage> source =
        env.fromSource(
            new DataGeneratorSource<>(
                index -> fleet.message(order.place(index)), order.all(), MqttMessage.TYPE_INFO),
            WatermarkStrategy.noWatermarks(),
            "fleet");
    stage.addTo(source, config);
    Cost.Meter meter = Cost.start();
    env.execute("stages " + stage.variant());
    return meter.stop();
  }
}
