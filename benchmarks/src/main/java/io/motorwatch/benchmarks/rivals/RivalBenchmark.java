package io.motorwatch.benchmarks.rivals;

import io.motorwatch.benchmarks.Benchmark;
import io.motorwatch.benchmarks.Cost;
import io.motorwatch.benchmarks.Result;
import io.motorwatch.benchmarks.Rounds;
import io.motorwatch.benchmarks.SharedOptions;
import java.io.PrintStream;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Overload and stall on one stream in memory, by motorwatch's pattern operator and by a rival, each
 * on one thread. Both must raise the same alarms. {@code ratioToOurs} is the rival's processor time
 * by ours; {@code job-alone} is what both Flink jobs spend without any pattern.
 */
@Command
public final class RivalBenchmark implements Benchmark {

  private static final long SEED = 7;
  private static final SortedSet<Raised> NONE = Collections.emptySortedSet();

  private final String name;
  private final Engine rival;

  @Option(
      names = "--devices",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Devices; default ${DEFAULT-VALUE}.")
  int devices;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      // Enough that starting and ending a Flink job does not count for a tenth of a reading.
      defaultValue = "7200",
      description = "Readings of each device, one a second; default ${DEFAULT-VALUE}.")
  int seconds;

  @Mixin final SharedOptions.RoundsInTurns rounds = new SharedOptions.RoundsInTurns();

  private RivalBenchmark(String name, Engine rival) {
    this.name = name;
    this.rival = rival;
  }

  /** Flink CEP on the samples themselves. */
  public static RivalBenchmark naive() {
    return new RivalBenchmark("cep-vs-naive", new FlinkRawEngine());
  }

  /** Esper's {@code match_recognize}. */
  public static RivalBenchmark esper() {
    return new RivalBenchmark("cep-vs-esper", new EsperEngine());
  }

  /** Siddhi's sequences. */
  public static RivalBenchmark siddhi() {
    return new RivalBenchmark("cep-vs-siddhi", new SiddhiEngine());
  }

  @Override
  public void run(PrintStream out) throws Exception {
    LoadStream stream = LoadStream.of(devices, seconds, SEED);
    Engine nothing = new NoEngine();
    Engine own = new OwnEngine();
    Map<Engine, SortedSet<Raised>> alarms = new HashMap<>();
    Map<Engine, Cost> costs =
        Rounds.least(
            rounds.count, List.of(nothing, own, rival), engine -> measure(engine, stream, alarms));
    SortedSet<Raised> ours = alarms.getOrDefault(own, NONE);
    SortedSet<Raised> theirs = alarms.getOrDefault(rival, NONE);
    Difference.first(own.variant(), ours, rival.variant(), theirs)
        .ifPresent(
            difference -> {
              throw new IllegalStateException(name + ": not the same alarms: " + difference);
            });
    Cost ownCost = costs.getOrDefault(own, Cost.MAXIMUM);
    Cost rivalCost = costs.getOrDefault(rival, Cost.MAXIMUM);
    out.println(result(nothing, stream, costs.getOrDefault(nothing, Cost.MAXIMUM)));
    out.println(result(own, stream, ownCost).with("alarms", ours.size()));
    out.println(
        result(rival, stream, rivalCost)
            .with("ratioToOurs", rivalCost.cpuSeconds() / ownCost.cpuSeconds())
            .with("alarms", theirs.size()));
  }

  private Result result(Engine engine, LoadStream stream, Cost cost) {
    return new Result(name, engine.variant())
        .with("msgPerSecond", cost.perSecond(stream.size()))
        .with("cpuSecondsPerMillion", cost.cpuSecondsPerMillion(stream.size()))
        .with("devices", devices)
        .with("messages", stream.size());
  }

  /** Every round must find the same as the first. */
  private static Cost measure(
      Engine engine, LoadStream stream, Map<Engine, SortedSet<Raised>> alarms) throws Exception {
    Cost.Meter meter = Cost.start();
    SortedSet<Raised> found = engine.evaluate(stream);
    Cost cost = meter.stop();
    SortedSet<Raised> first = alarms.computeIfAbsent(engine, none -> found);
    Difference.first("the first round", first, "a later one", found)
        .ifPresent(
            difference -> {
              throw new IllegalStateException(engine.variant() + ": " + difference);
            });
    return cost;
  }

  /** The job without any pattern. */
  private static final class NoEngine implements Engine {

    @Override
    public String variant() {
      return "job-alone";
    }

    @Override
    public SortedSet<Raised> evaluate(LoadStream stream) throws Exception {
      return FlinkJob.run(stream, samples -> samples.sinkTo(new DiscardingSink<>()));
    }
  }
}
