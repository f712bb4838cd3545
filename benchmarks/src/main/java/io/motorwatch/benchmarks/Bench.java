package io.motorwatch.benchmarks;

import io.motorwatch.benchmarks.deployed.EndToEndBenchmark;
import io.motorwatch.benchmarks.deployed.RecoveryBenchmark;
import io.motorwatch.benchmarks.detection.DetectionBenchmark;
import io.motorwatch.benchmarks.jmh.HotPathsBenchmark;
import io.motorwatch.benchmarks.latency.AlertLatencyBenchmark;
import io.motorwatch.benchmarks.rivals.RivalBenchmark;
import io.motorwatch.benchmarks.scale.ScaleBenchmark;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./motorwatch bench [NAME]}: all benchmarks, or one. */
@Command(
    name = "motorwatch bench",
    description =
        "Measures; each result is one JSON object on a line. Without a name: all, one after the"
            + " other, for more than an hour.",
    mixinStandardHelpOptions = true)
public final class Bench {

  private Bench() {}

  private static Map<String, Benchmark> all() {
    Map<String, Benchmark> all = new TreeMap<>();
    all.put("mqtt-source", new MqttSourceBenchmark());
    all.put("influx-sink", new InfluxSinkBenchmark());
    all.put("journal", new JournalBenchmark());
    all.put("stages", new StagesBenchmark());
    all.put("state-size", new StateSizeBenchmark());
    all.put("tiers", new TiersBenchmark());
    all.put("end-to-end", new EndToEndBenchmark());
    all.put("recovery", new RecoveryBenchmark());
    all.put("alert-latency", new AlertLatencyBenchmark());
    all.put("scale", new ScaleBenchmark());
    all.put("detection", new DetectionBenchmark());
    all.put("backtest", new BacktestBenchmark());
    all.put("hot-paths", new HotPathsBenchmark());
    all.put("cep-vs-naive", RivalBenchmark.naive());
    all.put("cep-vs-esper", RivalBenchmark.esper());
    all.put("cep-vs-siddhi", RivalBenchmark.siddhi());
    return all;
  }

  public static void main(String[] arguments) {
    System.exit(run(System.out, arguments));
  }

  /** Of all benchmarks. */
  static Set<String> names() {
    return all().keySet();
  }

  /** Returns the exit status: 0 measured, 1 failed, 2 wrong usage. */
  static int run(PrintStream out, String... arguments) {
    Map<String, Benchmark> all = all();
    CommandLine line = new CommandLine(new Bench());
    all.forEach(
        (name, benchmark) -> {
          CommandLine one = new CommandLine(benchmark);
          one.getCommandSpec().mixinStandardHelpOptions(true);
          line.addSubcommand(name, one);
        });
    line.setExecutionStrategy(parsed -> execute(line, parsed, List.copyOf(all.keySet()), out));
    line.setExecutionExceptionHandler(
        (error, command, parsed) -> {
          System.err.println("motorwatch: " + error);
          return 1;
        });
    return line.execute(arguments);
  }

  private static int execute(
      CommandLine line, CommandLine.ParseResult parsed, List<String> names, PrintStream out) {
    Integer help = CommandLine.executeHelpRequest(parsed);
    if (help != null) {
      return help;
    }
    CommandLine.@Nullable ParseResult chosen = parsed.subcommand();
    if (chosen == null) {
      return names.stream().mapToInt(line::execute).max().orElse(0);
    }
    try {
      ((Benchmark) chosen.commandSpec().userObject()).run(out);
      return 0;
    } catch (Exception | LinkageError e) {
      throw new CommandLine.ExecutionException(line, e.toString(), e);
    }
  }
}
