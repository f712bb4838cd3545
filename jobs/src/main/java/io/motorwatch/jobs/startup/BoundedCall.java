package io.motorwatch.jobs.startup;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for a call that blocks by limits of its own, which may be longer than ours. Before a job
 * and in commands: a call that is given up continues on a daemon thread of its own, interrupted,
 * until the process ends.
 */
public final class BoundedCall {

  private BoundedCall() {}

  /**
   * Makes the call.
   *
   * @throws ExecutionException with what the call threw
   * @throws TimeoutException if it has not ended in time
   */
  public static <T> T run(String name, Duration limit, Callable<T> call)
      throws ExecutionException, TimeoutException, InterruptedException {
    FutureTask<T> task = new FutureTask<>(call);
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      task.cancel(true);
    }
  }
}
