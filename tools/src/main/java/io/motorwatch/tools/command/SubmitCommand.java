package io.motorwatch.tools.command;

import io.motorwatch.jobs.config.CheckpointConfig;
import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.jobs.startup.Preparation;
import io.motorwatch.jobs.topology.ConfiguredJob;
import io.motorwatch.tools.cluster.CheckpointFolder;
import io.motorwatch.tools.cluster.FlinkCluster;
import io.motorwatch.tools.cluster.StateFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
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
    description = {
      "Submits the job to a running Flink cluster and returns.",
      "It resumes from the newest checkpoint or savepoint in checkpoint.dir, which must be the same"
          + " folder here and on the cluster; --fresh and --savepoint say otherwise."
    },
    mixinStandardHelpOptions = true)
final class SubmitCommand implements Callable<Integer> {

  /** Below checkpoint.dir: the state of jobs that have a name of their own. */
  private static final String JOBS = "jobs";

  @Mixin ConfigOptions config;

  @Mixin ParallelismOption parallelism;

  @Mixin JobManagerOption jobManager;

  @ArgGroup @Nullable Start start;

  @Option(
      names = "--unless-present",
      description =
          "Submit nothing where the cluster has a job of this name already; that is no failure.")
  boolean unlessPresent;

  @Spec CommandSpec spec;

  /** What to resume from. */
  static final class Start {

    @Option(
        names = "--savepoint",
        paramLabel = "PATH",
        description = "A savepoint or checkpoint to resume from, as the cluster sees it.")
    @Nullable String savepoint;

    @Option(names = "--fresh", description = "Start without state.")
    boolean fresh;

    @Option(
        names = "--resume",
        description = "Resume, as without it, but refuse where checkpoint.dir is not set.")
    boolean resume;
  }

  @Override
  public Integer call() throws Exception {
    int subtasks = parallelism.checked();
    String name = jobManager.checkedName();
    FlinkCluster cluster = jobManager.cluster(config.connectTimeout());
    MotorwatchConfig loaded = named(config.load(), name);
    if (start != null && start.resume && loaded.checkpoint().dir() == null) {
      throw new ConfigException("--resume looks into checkpoint.dir, which is not set");
    }
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Optional<String> present = cluster.present(name);
    if (present.isPresent()) {
      return present(cluster, name, present.get());
    }
    warnOfMemoryOnly(cluster, loaded, err);
    String from = from(loaded);
    Preparation.run(loaded, config.connectTimeout(), line -> err.println("motorwatch: " + line));
    err.println(
        "motorwatch: "
            + (from == null ? "starting without earlier state" : "resuming from " + from));
    err.println(
        "motorwatch: "
            + ConfiguredJob.acknowledgement(loaded, cluster.checkpointDirectory().orElse(null)));
    JobID job = cluster.submit(loaded, name, subtasks, from);
    out.println("submitted job " + job.toHexString());
    return 0;
  }

  private int present(FlinkCluster cluster, String name, String job) {
    if (unlessPresent) {
      spec.commandLine()
          .getOut()
          .println("nothing submitted: the cluster has job " + job + " already");
      return 0;
    }
    spec.commandLine()
        .getErr()
        .printf(
            "motorwatch: nothing submitted: %s has the job '%s' already (%s). To replace it:"
                + " ./motorwatch stop --config %s --jobmanager %s%s, and submit again, which resumes"
                + " from its savepoint. To run another one beside it: --name and a config of its"
                + " own.%n",
            cluster,
            name,
            job,
            config.file,
            cluster,
            name.equals(FlinkCluster.DEFAULT_NAME) ? "" : " --name " + name);
    return 1;
  }

  /** Two plants on one cluster, from one config even, share neither client ids nor state. */
  static MotorwatchConfig named(MotorwatchConfig loaded, String name) {
    if (name.equals(FlinkCluster.DEFAULT_NAME)) {
      return loaded;
    }
    CheckpointConfig checkpoint = loaded.checkpoint();
    Path dir = checkpoint.dir();
    MotorwatchConfig own =
        dir == null
            ? loaded
            : loaded.with(
                new CheckpointConfig(
                    checkpoint.intervalMs(), dir.resolve(JOBS).resolve(name), checkpoint.usual()));
    String prefix = own.mqtt().clientIdPrefix();
    return own.withClientIdPrefix(
        prefix.equals(FlinkCluster.DEFAULT_NAME) ? name : prefix + '-' + name);
  }

  private static void warnOfMemoryOnly(
      FlinkCluster cluster, MotorwatchConfig loaded, PrintWriter err)
      throws ConfigException, InterruptedException {
    Path dir = loaded.checkpoint().dir();
    if (dir == null && cluster.checkpointDirectory().isEmpty()) {
      err.println(
          "motorwatch: WARNING: NO DURABLE CHECKPOINTS: neither checkpoint.dir nor the cluster's"
              + " execution.checkpointing.dir is set, so checkpoints are in the job manager's memory"
              + " only: when it ends, what was acknowledged and not yet written is lost. Set one of"
              + " them to a place that every machine of the cluster reaches");
    } else if (dir != null && !cluster.local()) {
      err.println(
          "motorwatch: checkpoint.dir is "
              + dir
              + ", which every machine of the cluster must reach under that path (a shared file"
              + " system or volume)");
    }
  }

  private @Nullable String from(MotorwatchConfig loaded) throws ConfigException {
    if (start != null && (start.fresh || start.savepoint != null)) {
      return start.savepoint;
    }
    Path dir = loaded.checkpoint().dir();
    if (dir == null) {
      return null;
    }
    StateFolder.check(dir, loaded.mqtt().clientIdPrefix());
    return CheckpointFolder.newest(loaded.checkpoint())
        .map(path -> path.toUri().toString())
        .orElse(null);
  }
}
