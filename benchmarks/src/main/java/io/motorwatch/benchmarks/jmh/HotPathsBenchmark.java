package io.motorwatch.benchmarks.jmh;

import io.motorwatch.benchmarks.Benchmark;
import io.motorwatch.benchmarks.Result;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The hot paths alone, on one thread: nanoseconds and allocated bytes of one reading, with the
 * error JMH gives for its 99.9 % confidence interval.
 */
@Command
public final class HotPathsBenchmark implements Benchmark {

  @Option(
      names = "--only",
      paramLabel = "REGEX",
      defaultValue = "io.motorwatch.*Jmh.*",
      description = "Which; default ${DEFAULT-VALUE}.")
  String only = "";

  @Option(
      names = "--forks",
      paramLabel = "N",
      defaultValue = "2",
      description = "Processes for each; 0 measures in this one; default ${DEFAULT-VALUE}.")
  int forks;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      defaultValue = "5",
      description = "Measured, after as many that warm up; default ${DEFAULT-VALUE}.")
  int iterations;

  @Option(
      names = "--milliseconds",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Of an iteration; default ${DEFAULT-VALUE}.")
  int milliseconds;

  @Override
  public void run(PrintStream out) throws Exception {
    TimeValue length = TimeValue.milliseconds(milliseconds);
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(only)
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.NANOSECONDS)
            .forks(forks)
            .warmupIterations(iterations)
            .warmupTime(length)
            .measurementIterations(iterations)
            .measurementTime(length)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .addProfiler(GCProfiler.class);
    for (RunResult result : new Runner(options.build()).run()) {
      out.println(line(result));
    }
  }

  private static Result line(RunResult result) {
    StringBuilder name =
        new StringBuilder(result.getPrimaryResult().getLabel().toLowerCase(Locale.ROOT));
    for (String parameter : result.getParams().getParamsKeys()) {
      name.append('-').append(parameter).append('-').append(result.getParams().getParam(parameter));
    }
    Result line =
        new Result("hot-paths", name.toString())
            .with("nanosPerReading", result.getPrimaryResult().getScore())
            .with("errorNanos", result.getPrimaryResult().getScoreError());
    var allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
    if (allocated != null) {
      line.with("bytesPerReading", allocated.getScore());
    }
    return line;
  }
}
