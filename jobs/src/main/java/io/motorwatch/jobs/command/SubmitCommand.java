package io.motorwatch.jobs.command;

import io.motorwatch.jobs.cluster.ClusterSubmission;
import io.motorwatch.jobs.cluster.Connections;
import io.motorwatch.jobs.cluster.Pipelines;
import io.motorwatch.jobs.cluster.Provisioning;
import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.jobs.config.MotorwatchConfig;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
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

  @Mixin ConfigOptions config;

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

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "1",
      description = "Subtasks of each operator; default ${DEFAULT-VALUE}.")
  int parallelism;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    MotorwatchConfig loaded = config.load();
    int colon = jobManager.lastIndexOf(':');
    if (colon < 1 || !jobManager.substring(colon + 1).matches("\\d{1,5}")) {
      throw new ConfigException("--jobmanager takes host:port, not '" + jobManager + "'");
    }
    PrintWriter err = spec.commandLine().getErr();
    Pipelines.check(loaded);
    Connections.await(
        loaded,
        Duration.ofSeconds(config.connectTimeoutSeconds),
        line -> err.println("motorwatch: " + line));
    Provisioning.run(loaded).forEach(warning -> err.println("motorwatch: " + warning));
    Pipelines.warnings(loaded).forEach(warning -> err.println("motorwatch: " + warning));
    JobID job =
        new ClusterSubmission(
                jobManager.substring(0, colon), Integer.parseInt(jobManager.substring(colon + 1)))
            .submit(loaded, parallelism, savepoint);
    spec.commandLine().getOut().println("submitted job " + job.toHexString());
    return 0;
  }
}
