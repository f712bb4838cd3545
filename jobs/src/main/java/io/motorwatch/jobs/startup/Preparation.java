package io.motorwatch.jobs.startup;

import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.jobs.topology.ConfiguredJob;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/** What comes before the job wherever it is started. */
public final class Preparation {

  private Preparation() {}

  /**
   * Checks the config's files, waits for broker and database, and creates what is missing there.
   * Nothing is touched before all that can be checked without them is.
   *
   * @param limit how long to wait for broker and database
   * @param report takes a line of warning, or of what is waited for
   * @throws ConfigException for a fault of the files, or what cannot be reached
   * @throws IOException if the database refuses to create what is missing
   */
  public static void run(MotorwatchConfig config, Duration limit, Consumer<String> report)
      throws ConfigException, IOException, InterruptedException {
    ConfiguredJob.check(config);
    Connections.await(config, limit, report);
    Provisioning.run(config).forEach(report);
    ConfiguredJob.warnings(config).forEach(report);
  }
}
