package io.motorwatch.benchmarks;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code ./motorwatch bench [NAME]}: all benchmarks, or one. */
public final class Bench {

  private Bench() {}

  /** One benchmark; prints its results as it has them. */
  @FunctionalInterface
  interface Benchmark {
    void run(PrintStream out) throws Exception;
  }

  private static final Map<String, Benchmark> ALL =
      new TreeMap<>(
          Map.of(
              "mqtt-source", new MqttSourceBenchmark(),
              "influx-sink", new InfluxSinkBenchmark(),
              "stages", new StagesBenchmark(),
              "state-size", new StateSizeBenchmark(),
              "tiers", new TiersBenchmark()));

  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments)));
  }

  private static int run(List<String> arguments) {
    if (arguments.contains("--help") || arguments.contains("-h")) {
      System.out.println("Usage: motorwatch bench [NAME]");
      System.out.println(
          "Measures; each result is one JSON object on a line. Names: " + ALL.keySet());
      return 0;
    }
    if (arguments.size() > 1 || (arguments.size() == 1 && !ALL.containsKey(arguments.get(0)))) {
      System.err.println("motorwatch: no such benchmark; there are " + ALL.keySet());
      return 2;
    }
    try {
      for (Map.Entry<String, Benchmark> entry : ALL.entrySet()) {
        if (arguments.isEmpty() || arguments.get(0).equals(entry.getKey())) {
          entry.getValue().run(System.out);
        }
      }
      return 0;
    } catch (Exception e) {
      System.err.println("motorwatch: " + e);
      return 1;
    }
  }
}
