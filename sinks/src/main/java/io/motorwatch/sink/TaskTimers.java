package io.motorwatch.sink;

import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.common.operators.ProcessingTimeService.ProcessingTimeCallback;

/** Wall clock and timers of a task; callbacks run on its thread, and not after its end. */
public final class TaskTimers {

  private final ProcessingTimeService service;

  public TaskTimers(ProcessingTimeService service) {
    this.service = service;
  }

  /** Epoch milliseconds. */
  public long now() {
    return service.getCurrentProcessingTime();
  }

  /** Has something done once; what it throws fails the task. */
  public void after(long millis, ProcessingTimeCallback callback) {
    // Nobody waits for it or cancels it: it ends with the task.
    ScheduledFuture<?> unused = service.registerTimer(now() + millis, callback);
  }
}
