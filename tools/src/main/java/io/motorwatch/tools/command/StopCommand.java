package io.motorwatch.tools.command;

import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.tools.cluster.FlinkCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stop}: ends a submitted job so that the next one continues where it was. */
@Command(
    name = "stop",
    description = {
      "Stops a submitted job with a savepoint in checkpoint.dir, from which submit resumes.",
      "Exit 0 once the savepoint is complete, 1 where there is none: the job keeps running then."
    },
    mixinStandardHelpOptions = true)
final class StopCommand implements Callable<Integer> {

  @Mixin ConfigOptions config;

  @Mixin JobManagerOption jobManager;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long to wait for the savepoint; default ${DEFAULT-VALUE}.")
  int timeoutSeconds;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    String name = jobManager.checkedName();
    FlinkCluster cluster = jobManager.cluster(Duration.ofSeconds(timeoutSeconds));
    FlinkCluster asked = jobManager.cluster(config.connectTimeout());
    MotorwatchConfig loaded = SubmitCommand.named(config.load(), name);
    Optional<String> job = asked.present(name);
    if (job.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println("motorwatch: " + cluster + " has no job '" + name + "' that runs");
      return 1;
    }
    Path dir = loaded.checkpoint().dir();
    String savepoint =
        cluster.stop(
            job.get(),
            dir == null ? null : dir.resolve("savepoints").toAbsolutePath().toUri().toString());
    spec.commandLine().getOut().println("stopped job " + job.get() + ", savepoint " + savepoint);
    return 0;
  }
}
