package io.motorwatch.benchmarks;

import java.util.List;
import picocli.CommandLine.Option;

/** Options that several benchmarks have, with the same default; each is a mixin of picocli's. */
public final class SharedOptions {

  private SharedOptions() {}

  /** Where Flink keeps its state. */
  public static final class Backends {
    @Option(
        names = "--backends",
        paramLabel = "NAME",
        split = ",",
        defaultValue = "HASHMAP,ROCKSDB",
        description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    public List<Backend> list = List.of();
  }

  /** Rounds in turns, so that a slow minute of the machine meets all of them. */
  public static final class RoundsInTurns {
    @Option(
        names = "--rounds",
        paramLabel = "N",
        defaultValue = "3",
        description =
            "Rounds after the first, which warms up, in turns; the best counts; default ${DEFAULT-VALUE}.")
    public int count;
  }

  /** Plain repetition. */
  static final class BestOf {
    @Option(
        names = "--rounds",
        paramLabel = "N",
        defaultValue = "2",
        description = "Rounds, of which the best counts; default ${DEFAULT-VALUE}.")
    int rounds;
  }

  /** Before a connector's throughput is measured. */
  static final class WarmUp {
    @Option(
        names = "--warm-up",
        paramLabel = "SECONDS",
        defaultValue = "5",
        description = "Before each measurement; default ${DEFAULT-VALUE}.")
    long seconds;
  }

  /** Of the job that runs in a process of its own. */
  public static final class JobSettings {
    @Option(
        names = "--set",
        paramLabel = "KEY=VALUE",
        description = "A setting of the job, such as checkpoint.interval=1s; repeatable.")
    public List<String> list = List.of();
  }
}
