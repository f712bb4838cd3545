package io.motorwatch.tools.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;

/**
 * The cluster's configuration as shipped in {@code flink-conf}, for the embedded cluster: state
 * backend, restarts and checkpoints behave as they do on a real one.
 */
final class FlinkConf {

  /** Where the launcher says the project is. */
  private static final String HOME = "motorwatch.home";

  private FlinkConf() {}

  /**
   * The shipped configuration without its addresses, folders and sizes; empty where there is none.
   */
  static Configuration load() {
    Path folder = Path.of(System.getProperty(HOME, "."), "flink-conf");
    if (!Files.isReadable(folder.resolve(GlobalConfiguration.FLINK_CONF_FILENAME))) {
      return new Configuration();
    }
    Configuration settings = GlobalConfiguration.loadConfiguration(folder.toString());
    settings.removeConfig(JobManagerOptions.ADDRESS);
    settings.removeConfig(JobManagerOptions.PORT);
    settings.removeConfig(JobManagerOptions.TOTAL_PROCESS_MEMORY);
    settings.removeConfig(TaskManagerOptions.TOTAL_PROCESS_MEMORY);
    settings.removeConfig(TaskManagerOptions.NUM_TASK_SLOTS);
    settings.removeConfig(RestOptions.ADDRESS);
    settings.removeConfig(RestOptions.BIND_ADDRESS);
    settings.removeConfig(RestOptions.PORT);
    settings.removeConfig(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
    settings.removeConfig(CheckpointingOptions.SAVEPOINT_DIRECTORY);
    return settings;
  }
}
