package io.motorwatch.tools.command;

import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.jobs.topology.JobSettings;
import picocli.CommandLine.Option;

/** How many subtasks a command that starts the job gives it. */
final class ParallelismOption {

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "1",
      description = "Subtasks of each operator; default ${DEFAULT-VALUE}.")
  int parallelism;

  /**
   * The number.
   *
   * @throws ConfigException for one that Flink would refuse, which it does only once it is started
   */
  int checked() throws ConfigException {
    if (parallelism < 1 || parallelism > JobSettings.MAX_PARALLELISM) {
      throw new ConfigException(
          "--parallelism must be from 1 to "
              + JobSettings.MAX_PARALLELISM
              + ", not "
              + parallelism);
    }
    return parallelism;
  }
}
