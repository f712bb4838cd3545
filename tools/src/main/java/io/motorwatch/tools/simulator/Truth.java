package io.motorwatch.tools.simulator;

import io.motorwatch.model.DeviceId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the episodes of one device mean for the shipped patterns, worked out from the plan and the
 * times of the readings alone: overload 30 s above 1.2 while running, reset 1.15; stall 2 s above
 * 2.0 while running; locked rotor 10 s above 2.0 while starting; a gap of more than 10 s breaks.
 */
final class Truth {

  static final String OVERLOAD = "overload";
  static final String STALL = "stall";
  static final String LOCKED_ROTOR_START = "locked-rotor-start";

  private static final long OVERLOAD_MS = 30_000;
  private static final long STALL_MS = 2_000;
  private static final long LOCKED_ROTOR_START_MS = 10_000;
  private static final long MAX_GAP_MS = 10_000;

  private final DeviceId device;
  private final SamplingGrid grid;
  private final List<TruthEpisode> found = new ArrayList<>();

  private Truth(DeviceId device, SamplingGrid grid) {
    this.device = device;
    this.grid = grid;
  }

  static List<TruthEpisode> of(FleetPlan plan, int index) {
    if (plan.intervalMs() > MAX_GAP_MS) {
      return List.of();
    }
    Truth truth = new Truth(plan.device(index), plan.grid(index));
    Schedule schedule = new Schedule(plan, index);
    while (schedule.hasNext()) {
      truth.add(schedule.next());
    }
    return truth.found;
  }

  private void add(Episode episode) {
    @Nullable Stretch overload = null;
    for (Stretch stretch : episode.stretches()) {
      switch (stretch.activity()) {
        case OVERLOADED -> overload = overload == null ? stretch : overload;
        case HALF_RELIEVED -> {
          // Holds an overload that has begun, and begins none.
        }
        case JAMMED -> add(STALL, STALL_MS, stretch.from(), stretch.until());
        case LOCKED ->
            add(LOCKED_ROTOR_START, LOCKED_ROTOR_START_MS, stretch.from(), stretch.until());
        case STOPPED, INRUSH, RELIEVED, UNHEARD -> {
          addOverload(overload, stretch.from());
          overload = null;
        }
      }
    }
    addOverload(overload, episode.until());
  }

  private void addOverload(@Nullable Stretch first, long until) {
    if (first != null) {
      add(OVERLOAD, OVERLOAD_MS, first.from(), until);
    }
  }

  private void add(String pattern, long holdMs, long from, long until) {
    long onset = grid.atOrAfter(from);
    long raised = grid.atOrAfter(onset + holdMs);
    if (raised < until) {
      found.add(
          new TruthEpisode(
              device.site(), device.device(), pattern, onset, raised, grid.atOrAfter(until)));
    }
  }
}
