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
    // No spinning: it would take a processor from the job. What one sleeps too long counts.
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    AlertTimes.sent(System.nanoTime() - due);
    return new MqttMessage(message.topic(), message.payload(), false, 1, null, dueMs);
  }
}
