package io.motorwatch.jobs.topology;

import io.motorwatch.model.AlarmRequest;
import io.motorwatch.model.DeviceEvent;
import io.motorwatch.model.DeviceId;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/** Copies a request that may be for any device, so that every subtask gets one. */
final class ToEveryKeyGroup extends RichFlatMapFunction<DeviceEvent, DeviceEvent> {

  private static final long serialVersionUID = 1L;

  private final int maxParallelism;
  private transient DeviceId[] keyGroups;

  ToEveryKeyGroup(int maxParallelism) {
    this.maxParallelism = maxParallelism;
  }

  @Override
  public void open(OpenContext context) {
    keyGroups = KeyGroups.representatives(maxParallelism);
  }

  @Override
  public void flatMap(DeviceEvent event, Collector<DeviceEvent> out) {
    if (event instanceof AlarmRequest request) {
      for (DeviceId keyGroup : keyGroups) {
        out.collect(request.to(keyGroup));
      }
    }
  }
}
