package io.motorwatch.benchmarks;

import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.source.mqtt.MqttMessage;
import java.io.PrintStream;
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
import picocli.CommandLine.Option;

/**
 * What each stage of the pipeline costs: the same messages generated in the job itself, taken
 * through more and more of its operators, without broker and database. {@code ratioToParse} is the
 * stage's own processor time (less that of the stage before) by that of parsing alone; {@code
 * cpuSecondsPerMillion} is that of the whole process, with all before it, for a million messages,
 * the start of the job included.
 */
@Command
final class StagesBenchmark implements Benchmark {

  /** Each with the one whose time it adds to. */
  private static final Map<Stage, Stage> BEFORE =
      new EnumMap<>(
          Map.of(
              Stage.PARSE, Stage.GENERATE,
              Stage.SHUFFLE, Stage.PARSE,
              Stage.TIMELINE, Stage.SHUFFLE,
              Stage.TWO_PATTERNS, Stage.TIMELINE,
              Stage.PATTERNS, Stage.TIMELINE,
              Stage.TIERS, Stage.TIMELINE,
              Stage.EVERYTHING, Stage.TIMELINE));

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

  @Option(
      names = "--backends",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "HASHMAP,ROCKSDB",
      description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
  List<Backend> backends = List.of();

  @Option(
      names = "--stages",
      paramLabel = "NAME",
      split = ",",
      description = "Only these: ${COMPLETION-CANDIDATES}; GENERATE and PARSE always.")
  List<Stage> stages = List.of(Stage.values());

  @Option(
      names = "--messages",
      paramLabel = "N",
      defaultValue = "2000000",
      description = "Messages of a round; with RocksDB a fifth of them; default ${DEFAULT-VALUE}.")
  long messages;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "Rounds after the first, which warms up; the best counts; default ${DEFAULT-VALUE}.")
  int rounds;

  /** What all stages of a comparison have in common. */
  private record Setting(Backend backend, int devices, int parallelism, long messages) {}

  @Override
  public void run(PrintStream out) throws Exception {
    MotorwatchConfig config = ShippedConfig.load();
    for (Backend backend : backends) {
      for (int size : devices) {
        for (int parallelism : parallelisms) {
          long wanted = backend == Backend.ROCKSDB ? messages / 5 : messages;
          measureAll(config, new Setting(backend, size, parallelism, wanted), out);
        }
      }
    }
  }

  private void measureAll(MotorwatchConfig config, Setting setting, PrintStream out)
      throws Exception {
    Map<Stage, Cost> measured = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      if (stages.contains(stage) || neededBy(stage)) {
        measure(stage, config, setting);
        Cost best = Cost.MAXIMUM;
        for (int round = 0; round < rounds; round++) {
          best = best.lower(measure(stage, config, setting));
        }
        measured.put(stage, best);
        out.println(result(stage, setting, measured));
      }
    }
  }

  /** Whether the results of others are told in relation to it. */
  private boolean neededBy(Stage stage) {
    return stage == Stage.GENERATE
        || stage == Stage.PARSE
        || stages.stream().anyMatch(each -> BEFORE.get(each) == stage);
  }

  private static Result result(Stage stage, Setting setting, Map<Stage, Cost> measured) {
    Cost own = measured.getOrDefault(stage, Cost.MAXIMUM);
    Result result =
        new Result("stages", stage.variant())
            .with("msgPerSecond", own.perSecond(setting.messages))
            .with("cpuSecondsPerMillion", own.cpuSecondsPerMillion(setting.messages));
    Cost before = measured.get(BEFORE.getOrDefault(stage, stage));
    if (before != null && stage != Stage.GENERATE) {
      double parse =
          measured.getOrDefault(Stage.PARSE, Cost.MAXIMUM).cpuSeconds()
              - measured.getOrDefault(Stage.GENERATE, Cost.MAXIMUM).cpuSeconds();
      result.with("ratioToParse", (own.cpuSeconds() - before.cpuSeconds()) / parse);
    }
    return result
        .with("devices", setting.devices)
        .with("parallelism", setting.parallelism)
        .withText("backend", setting.backend.flinkName());
  }

  private static Cost measure(Stage stage, MotorwatchConfig config, Setting setting)
      throws Exception {
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(StateBackendOptions.STATE_BACKEND, setting.backend.flinkName());
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(setting.parallelism, settings);
    SyntheticFleet fleet = SyntheticFleet.spread(setting.devices);
    Interleaving order = Interleaving.of(setting.messages, setting.parallelism);
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
