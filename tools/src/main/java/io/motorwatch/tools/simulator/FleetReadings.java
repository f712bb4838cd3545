package io.motorwatch.tools.simulator;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The readings of all devices in order of time. All have the same interval and the later ones of
 * the plan a later first reading, so going round and round is already in order: no heap.
 */
final class FleetReadings implements Iterator<SimulatedReading> {

  private final FleetPlan plan;
  private final Motor[] motors;
  private final long[] nextAt;
  private int turn;
  private @Nullable SimulatedReading next;

  FleetReadings(FleetPlan plan, List<Nameplate> nameplates) {
    this.plan = plan;
    this.motors = new Motor[plan.devices()];
    this.nextAt = new long[plan.devices()];
    for (int i = 0; i < motors.length; i++) {
      motors[i] = new Motor(plan, i, nameplates.get(i));
      nextAt[i] = plan.grid(i).firstAt();
    }
    prepare();
  }

  private void prepare() {
    next = null;
    while (next == null && nextAt[turn] < plan.endAt()) {
      next = motors[turn].read(nextAt[turn]);
      nextAt[turn] += plan.intervalMs();
      turn = turn + 1 == motors.length ? 0 : turn + 1;
    }
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public SimulatedReading next() {
    SimulatedReading reading = next;
    if (reading == null) {
      throw new NoSuchElementException();
    }
    prepare();
    return reading;
  }
}
