package io.motorwatch.jobs;

import io.motorwatch.jobs.topology.MotorwatchTopology.Branches;

/** Readings and their aggregates alone. */
public final class RetentionJob {

  private RetentionJob() {}

  public static void main(String[] arguments) throws Exception {
    ClusterMain.run(Branches.RETENTION, arguments);
  }
}
