package io.motorwatch.benchmarks.latency;

import io.motorwatch.benchmarks.Nameplate;
import io.motorwatch.benchmarks.StallingFleet;
import io.motorwatch.source.mqtt.MqttMessage;
import java.io.Serial;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.jspecify.annotations.Nullable;

/**
 * Motors that stall in turn, each message handed out when it is due, after their nameplates. A
 * message that is late because those before it were does not become due later: what waits in front
 * of the job counts as waiting. For one source task.
 */
final class PacedFleet implements GeneratorFunction<Long, MqttMessage> {

  @Serial private static final long serialVersionUID = 1L;

  private static final String SITE = "plant";

  /** Shorter than this nobody sleeps: waking up would take as long. */
  private static final long PAUSE_NANOS = 100_000;

  private static final double NANOS_PER_MS = 1e6;

  private final int devices;
  private final int perSecond;
  private transient @Nullable StallingFleet fleet;
  private transient long startNanos;
  private transient long startMs;

  PacedFleet(int devices, int perSecond) {
    this.devices = devices;
    this.perSecond = perSecond;
  }

  @Override
  public MqttMessage map(Long index) {
    if (index < devices) {
      return Nameplate.of(SITE, "motor-" + index, System.currentTimeMillis());
    }
    StallingFleet motors = fleet;
    if (motors == null) {
      motors = new StallingFleet(SITE, devices);
      fleet = motors;
      startNanos = System.nanoTime();
      startMs = System.currentTimeMillis();
    }
    long offset = (long) ((index - devices) * 1e9 / perSecond);
    long due = startNanos + offset;
    long dueMs = startMs + (long) (offset / NANOS_PER_MS);
    StallingFleet.Message message = motors.next(dueMs);
    if (message.completes()) {
      AlertTimes.due(message.moment(), due);
    }
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      if (left > PAUSE_NANOS) {
        LockSupport.parkNanos(left);
      } else {
        Thread.onSpinWait();
      }
    }
    AlertTimes.handed(System.nanoTime() - due);
    return new MqttMessage(message.topic(), message.payload(), false, 1, null, dueMs);
  }
}
