package io.motorwatch.sink;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * Passes values on; fails the job when the test says so, once. The switch is shared with the
 * operators by the mini cluster's one class loader.
 */
public final class FailOnce implements MapFunction<Long, Long> {

  private static final long serialVersionUID = 1L;
  private static final AtomicBoolean SWITCH = new AtomicBoolean();
  private static final AtomicLong PASSED = new AtomicLong();

  public static void disarm() {
    SWITCH.set(false);
    PASSED.set(0);
  }

  /** How many values went through since the switch was disarmed. */
  public static long passed() {
    return PASSED.get();
  }

  public static void arm() {
    SWITCH.set(true);
  }

  public static boolean armed() {
    return SWITCH.get();
  }

  @Override
  public Long map(Long value) {
    if (SWITCH.compareAndSet(true, false)) {
      throw new IllegalStateException("the failure the test asked for");
    }
    PASSED.incrementAndGet();
    return value;
  }
}
