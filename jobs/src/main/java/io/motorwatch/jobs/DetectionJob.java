package io.motorwatch.jobs;

import io.motorwatch.jobs.topology.MotorwatchTopology.Branches;

/** Alarms alone. */
public final class DetectionJob {

  private DetectionJob() {}

  public static void main(String[] arguments) throws Exception {
    ClusterMain.run(Branches.DETECTION, arguments);
  }
}
