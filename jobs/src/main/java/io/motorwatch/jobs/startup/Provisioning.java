package io.motorwatch.jobs.startup;

import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.jobs.topology.ConnectedOutputs;
import io.motorwatch.sink.influx.InfluxProvisioner;
import java.io.IOException;
import java.util.List;

/** Creates the database, retention policies or buckets the job writes to. */
public final class Provisioning {

  private Provisioning() {}

  /**
   * Creates what is missing, where {@code influx.provision} is set.
   *
   * @return one line for each thing that exists and differs
   */
  public static List<String> run(MotorwatchConfig config) throws IOException {
    if (!config.influx().provision()) {
      return List.of();
    }
    return InfluxProvisioner.provision(
        ConnectedOutputs.connection(config.influx()), ConnectedOutputs.retentions(config.tiers()));
  }
}
