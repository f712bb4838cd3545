package io.motorwatch.jobs.topology;

import io.motorwatch.model.DeviceId;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * A name for each key group, so that something can be sent to all of them in the stream of the
 * devices' own events: whatever the parallelism, every subtask has at least one.
 */
final class KeyGroups {

  /** No device can have it: a topic has no such level. */
  private static final String SITE = "+";

  private KeyGroups() {}

  /** One made-up device for each key group. */
  static DeviceId[] representatives(int maxParallelism) {
    DeviceId[] found = new DeviceId[maxParallelism];
    int missing = maxParallelism;
    for (int i = 0; missing > 0; i++) {
      DeviceId candidate = new DeviceId(SITE, Integer.toString(i));
      int group = KeyGroupRangeAssignment.assignToKeyGroup(candidate.path(), maxParallelism);
      if (found[group] == null) {
        found[group] = candidate;
        missing--;
      }
    }
    return found;
  }
}
