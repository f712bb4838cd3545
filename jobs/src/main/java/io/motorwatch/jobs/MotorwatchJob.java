package io.motorwatch.jobs;

import io.motorwatch.jobs.topology.MotorwatchTopology.Branches;

/** Detection and retention in one job, from one ingest: the default. */
public final class MotorwatchJob {

  private MotorwatchJob() {}

  public static void main(String[] arguments) throws Exception {
    ClusterMain.run(Branches.BOTH, arguments);
  }
}
