package io.motorwatch.tools.simulator;

/** The load of a healthy motor: wanders between set points, never above rated. */
final class LoadProfile {

  private static final double LOWEST = 0.55;
  private static final double HIGHEST = 0.93;
  private static final double WIDTH = 0.15;

  private final FleetPlan plan;
  private final int index;
  private final double low;
  private final long stepMs;
  private long step = -1;
  private double from;
  private double to;

  LoadProfile(FleetPlan plan, int index) {
    this.plan = plan;
    this.index = index;
    SeededRandom random = plan.random(index, 2);
    this.low = random.between(LOWEST, HIGHEST - WIDTH);
    this.stepMs = random.between(45_000, 180_000);
  }

  /** Multiples of rated, at a device time. */
  double at(long time) {
    long elapsed = time - plan.startAt();
    long now = elapsed / stepMs;
    if (now != step) {
      step = now;
      from = setPoint(now);
      to = setPoint(now + 1);
    }
    return from + (to - from) * (elapsed % stepMs) / stepMs;
  }

  /** A function of its number alone, so that the load does not depend on when it was asked for. */
  private double setPoint(long number) {
    return low + new SeededRandom(plan.seed() ^ (number << 20), index * 16L + 3).between(0, WIDTH);
  }
}
