package io.motorwatch.benchmarks.rivals;

import io.motorwatch.benchmarks.Benchmark;
import io.motorwatch.benchmarks.Cost;
import io.motorwatch.benchmarks.Result;
import java.io.PrintStream;
import java.util.SortedSet;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Overload and stall on one stream in memory, by motorwatch's pattern operator and by a rival, each
 * on one thread. Both must raise the same alarms. {@code ratioToOurs} is the rival's processor time
 * by ours; {@code job-alone} is what both Flink jobs spend without any pattern.
 */
@Command
public final class RivalBenchmark implements Benchmark {

  private static final long SEED = 7;

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
      defaultValue = "1800",
      description = "Readings of each device, one a second; default ${DEFAULT-VALUE}.")
  int seconds;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "Rounds after the first, which warms up; the best counts; default ${DEFAULT-VALUE}.")
  int rounds;

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

  private record Judged(SortedSet<Raised> alarms, Cost cost) {}

  @Override
  public void run(PrintStream out) throws Exception {
    LoadStream stream = LoadStream.of(devices, seconds, SEED);
    Engine own = new OwnEngine();
    Cost nothing = measure(new NoEngine(), stream).cost();
    Judged ours = measure(own, stream);
    Judged theirs = measure(rival, stream);
    Difference.first(own.variant(), ours.alarms, rival.variant(), theirs.alarms)
        .ifPresent(
            difference -> {
              throw new IllegalStateException(name + ": not the same alarms: " + difference);
            });
    out.println(result("job-alone", stream, nothing));
    out.println(result(own.variant(), stream, ours.cost).with("alarms", ours.alarms.size()));
    out.println(
        result(rival.variant(), stream, theirs.cost)
            .with("ratioToOurs", theirs.cost.cpuSeconds() / ours.cost.cpuSeconds())
            .with("alarms", theirs.alarms.size()));
  }

  private Result result(String variant, LoadStream stream, Cost cost) {
    return new Result(name, variant)
        .with("msgPerSecond", cost.perSecond(stream.size()))
        .with("cpuSecondsPerMillion", cost.cpuSecondsPerMillion(stream.size()))
        .with("devices", devices)
        .with("messages", stream.size());
  }

  /** Every round must find the same. */
  private Judged measure(Engine engine, LoadStream stream) throws Exception {
    SortedSet<Raised> alarms = engine.judge(stream);
    Cost best = Cost.MAXIMUM;
    for (int round = 0; round < rounds; round++) {
      Cost.Meter meter = Cost.start();
      SortedSet<Raised> again = engine.judge(stream);
      best = best.lower(meter.stop());
      Difference.first("the first round", alarms, "a later one", again)
          .ifPresent(
              difference -> {
                throw new IllegalStateException(engine.variant() + ": " + difference);
              });
    }
    return new Judged(alarms, best);
  }

  /** The job without any pattern. */
  private static final class NoEngine implements Engine {

    @Override
    public String variant() {
      return "job-alone";
    }

    @Override
    public SortedSet<Raised> judge(LoadStream stream) throws Exception {
      return FlinkJob.run(stream, samples -> samples.sinkTo(new DiscardingSink<>()));
    }
  }
}
