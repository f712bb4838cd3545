package io.motorwatch.jobs.command;

import io.motorwatch.jobs.cluster.ClusterSubmission;
import io.motorwatch.jobs.cluster.Preparation;
import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.jobs.config.MotorwatchConfig;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.JobID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code submit}: the job on a running cluster. */
@Command(
    name = "submit",
    description = "Submits the job to a running Flink cluster and returns.",
    mixinStandardHelpOptions = true)
final class SubmitCommand implements Callable<Integer> {

  private static final Pattern HOST_AND_PORT = Pattern.compile("(.+):(\\d{1,5})");
  private static final int HIGHEST_PORT = 65_535;

  @Mixin ConfigOptions config;

  @Mixin ParallelismOption parallelism;

  @Option(
      names = "--jobmanager",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:8081",
      description = "Flink's REST address; default ${DEFAULT-VALUE}.")
  String jobManager;

  @Option(
      names = "--savepoint",
      paramLabel = "PATH",
      description = "A savepoint or checkpoint to go on from, as the cluster sees it.")
  @Nullable String savepoint;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    int subtasks = parallelism.checked();
    ClusterSubmission cluster = cluster();
    MotorwatchConfig loaded = config.load();
    PrintWriter err = spec.commandLine().getErr();
    Preparation.run(
        loaded,
        Duration.ofSeconds(config.connectTimeoutSeconds),
        line -> err.println("motorwatch: " + line));
    JobID job = cluster.submit(loaded, subtasks, savepoint);
    spec.commandLine().getOut().println("submitted job " + job.toHexString());
    return 0;
  }

  private ClusterSubmission cluster() throws ConfigException {
    Matcher parts = HOST_AND_PORT.matcher(jobManager);
    int port = parts.matches() ? Integer.parseInt(parts.group(2)) : 0;
    if (port < 1 || port > HIGHEST_PORT) {
      throw new ConfigException(
          "--jobmanager takes host:port, with a port from 1 to "
              + HIGHEST_PORT
              + ", not '"
              + jobManager
              + "'");
    }
    return new ClusterSubmission(parts.group(1), port);
  }
}
