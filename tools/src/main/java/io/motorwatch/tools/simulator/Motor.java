package io.motorwatch.tools.simulator;

import java.util.Collections;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * One motor: asked for its readings in order of time. Mutable; a few hundred bytes.
 *
 * <p>Every value keeps clear of every level of the shipped patterns, so that noise never decides
 * whether there is an alarm: current stays below 1.0 or above 1.25 of rated but for dips at 1.17 to
 * 1.18, and below 0.01 when stopped; speed is below 80 % of rated in every start that has not
 * succeeded.
 */
final class Motor {

  private static final double NOISE = 0.02;
  private static final double NOISE_OF_A_HALF_RELIEF = 0.005;
  private static final double NOISE_OF_A_STALL = 0.1;
  private static final long COASTING_MS = 5_000;

  private final int index;
  private final Nameplate nameplate;
  private final Schedule schedule;
  private final LoadProfile load;
  private final SeededRandom noise;
  private final Winding winding;
  private Iterator<Episode.Stretch> coming = Collections.emptyIterator();
  private Episode.@Nullable Stretch stretch;
  private long lastAt;
  private long seq;

  Motor(FleetPlan plan, int index, Nameplate nameplate) {
    this.index = index;
    this.nameplate = nameplate;
    this.schedule = new Schedule(plan, index);
    this.load = new LoadProfile(plan, index);
    this.noise = plan.random(index, 4);
    this.winding = new Winding(load.at(plan.startAt()));
    this.lastAt = plan.startAt();
    this.stretch = following();
  }

  private Episode.@Nullable Stretch following() {
    if (!coming.hasNext() && schedule.hasNext()) {
      coming = schedule.next().stretches().iterator();
    }
    return coming.hasNext() ? coming.next() : null;
  }

  /**
   * What it reads at a device time.
   *
   * @param at not before the time of the last call
   * @return null if it is not published
   */
  @Nullable SimulatedReading read(long at) {
    while (stretch != null && at >= stretch.until()) {
      stretch = following();
    }
    Episode.Stretch now = stretch;
    if (now == null || !now.contains(at)) {
      double running = load.at(at);
      return reading(at, running, NOISE, turning(running));
    }
    double level = now.level();
    return switch (now.activity()) {
      case UNHEARD -> null;
      case STOPPED -> reading(at, 0.004, 0.004, coasting(at - now.from()));
      case INRUSH -> {
        double part = (double) (at - now.from()) / (now.until() - now.from());
        yield reading(at, level, NOISE_OF_A_STALL, 0.05 + 0.7 * part);
      }
      case LOCKED -> reading(at, level, NOISE_OF_A_STALL, 0.003);
      case JAMMED -> reading(at, level, NOISE_OF_A_STALL, 0.35);
      case HALF_RELIEVED -> reading(at, level, NOISE_OF_A_HALF_RELIEF, turning(level));
      case OVERLOADED, RELIEVED -> reading(at, level, NOISE, turning(level));
    };
  }

  /** Multiples of rated speed at a load: the slip grows with the torque. */
  private double turning(double multiple) {
    int synchronous = nameplate.synchronousSpeed();
    double slip = (synchronous - nameplate.ratedSpeed()) * multiple;
    return (synchronous - slip) / nameplate.ratedSpeed();
  }

  private static double coasting(long sinceMs) {
    return Math.max(0, 0.8 * (1 - (double) sinceMs / COASTING_MS));
  }

  private SimulatedReading reading(long at, double multiple, double spread, double turning) {
    double current = multiple + noise.between(-spread, spread);
    double speed = turning * (1 + noise.between(-0.001, 0.001));
    // Copper warms with what flowed; what the sensor shows of a few seconds' inrush is bounded.
    double temperature = winding.after(at - lastAt, Math.min(current, 3));
    double vibration = 0.1 + 1.2 * speed + 0.8 * current + noise.between(0, 0.3);
    lastAt = at;
    seq++;
    return new SimulatedReading(
        index,
        nameplate.device(),
        at,
        seq,
        Decimals.round(current * nameplate.ratedCurrent(), SimulatedReading.CURRENT_DIGITS),
        Decimals.round(speed * nameplate.ratedSpeed(), SimulatedReading.SPEED_DIGITS),
        Decimals.round(temperature, SimulatedReading.TEMPERATURE_DIGITS),
        Decimals.round(vibration, SimulatedReading.VIBRATION_DIGITS));
  }
}
