package io.motorwatch.jobs;

import io.motorwatch.jobs.config.ConfigLoader;
import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.jobs.startup.Preparation;
import io.motorwatch.jobs.topology.ConfiguredJob;
import io.motorwatch.jobs.topology.JobSettings;
import io.motorwatch.jobs.topology.MotorwatchTopology.Branches;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;

/** What the mains share: {@code --config FILE}, run by {@code flink run} or a job manager. */
final class ClusterMain {

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(60);

  private ClusterMain() {}

  static void run(Branches branches, String[] arguments) throws Exception {
    Path file = Path.of(ParameterTool.fromArgs(arguments).getRequired("config"));
    MotorwatchConfig config = ConfigLoader.load(file, List.of(), System.getenv());
    Preparation.run(config, CONNECT_LIMIT, line -> System.err.println("motorwatch: " + line));
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    System.err.println("motorwatch: " + ConfiguredJob.addTo(env, config, branches));
    env.execute(JobSettings.name(branches));
  }
}
