package io.motorwatch.jobs.command;

import io.motorwatch.jobs.cluster.CheckpointFolder;
import io.motorwatch.jobs.cluster.ClusterSubmission;
import io.motorwatch.jobs.cluster.JobSettings;
import io.motorwatch.jobs.cluster.Preparation;
import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.jobs.config.MotorwatchConfig;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.JobID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
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

  @ArgGroup @Nullable Start start;

  @Option(
      names = "--unless-present",
      description =
          "Submit nothing where the cluster has a job called "
              + JobSettings.NAME
              + " already; that is no failure.")
  boolean unlessPresent;

  @Spec CommandSpec spec;

  /** What to go on from. Without it the job begins anew. */
  static final class Start {

    @Option(
        names = "--savepoint",
        paramLabel = "PATH",
        description = "A savepoint or checkpoint to go on from, as the cluster sees it.")
    @Nullable String savepoint;

    @Option(
        names = "--resume",
        description =
            "Go on from the newest checkpoint or savepoint in checkpoint.dir, if there is one; the"
                + " folder must be the same here and on the cluster.")
    boolean resume;
  }

  @Override
  public Integer call() throws Exception {
    int subtasks = parallelism.checked();
    ClusterSubmission cluster = cluster();
    MotorwatchConfig loaded = config.load();
    PrintWriter out = spec.commandLine().getOut();
    if (unlessPresent) {
      Optional<String> present = cluster.present();
      if (present.isPresent()) {
        out.println("nothing submitted: the cluster has job " + present.get() + " already");
        return 0;
      }
    }
    String from = from(loaded);
    PrintWriter err = spec.commandLine().getErr();
    Preparation.run(
        loaded,
        Duration.ofSeconds(config.connectTimeoutSeconds),
        line -> err.println("motorwatch: " + line));
    err.println("motorwatch: " + (from == null ? "beginning anew" : "going on from " + from));
    JobID job = cluster.submit(loaded, subtasks, from);
    out.println("submitted job " + job.toHexString());
    return 0;
  }

  private @Nullable String from(MotorwatchConfig loaded) throws ConfigException {
    if (start == null || !start.resume) {
      return start == null ? null : start.savepoint;
    }
    if (loaded.checkpoint().dir() == null) {
      throw new ConfigException("--resume looks into checkpoint.dir, which is not set");
    }
    return CheckpointFolder.newest(loaded.checkpoint())
        .map(path -> path.toUri().toString())
        .orElse(null);
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
