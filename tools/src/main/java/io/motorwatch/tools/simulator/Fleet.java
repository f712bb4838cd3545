package io.motorwatch.tools.simulator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/** A fleet of motors: what it is, what it will send, and which alarms that must give. */
public final class Fleet {

  private final FleetPlan plan;
  private final List<Nameplate> nameplates;
  private final long[] readings;
  private final List<TruthEpisode> truth;

  /** Works out truth and counts; takes a few microseconds for each episode. */
  public Fleet(FleetPlan plan) {
    this.plan = plan;
    List<Nameplate> plates = new ArrayList<>(plan.devices());
    List<TruthEpisode> episodes = new ArrayList<>();
    this.readings = new long[plan.devices()];
    for (int i = 0; i < plan.devices(); i++) {
      plates.add(Nameplate.of(plan.device(i), plan.random(i, 0)));
      readings[i] = count(plan, i);
      episodes.addAll(Truth.of(plan, i));
    }
    episodes.sort(
        Comparator.comparingLong(TruthEpisode::raisedAt)
            .thenComparing(TruthEpisode::site)
            .thenComparing(TruthEpisode::device));
    this.nameplates = List.copyOf(plates);
    this.truth = List.copyOf(episodes);
  }

  private static long count(FleetPlan plan, int index) {
    SamplingGrid grid = plan.grid(index);
    long count = grid.countBefore(plan.endAt());
    Schedule schedule = new Schedule(plan, index);
    while (schedule.hasNext()) {
      for (Stretch stretch : schedule.next().stretches()) {
        if (stretch.activity() == Activity.UNHEARD) {
          count -= grid.countBefore(stretch.until()) - grid.countBefore(stretch.from());
        }
      }
    }
    return count;
  }

  public FleetPlan plan() {
    return plan;
  }

  /** By the devices' place in the plan. */
  public List<Nameplate> nameplates() {
    return nameplates;
  }

  /** Every alarm of the shipped patterns, in order of raising. */
  public List<TruthEpisode> truth() {
    return truth;
  }

  /** All readings in order of time, made while they are asked for; from the start at each call. */
  public Iterator<SimulatedReading> readings() {
    return new FleetReadings(plan, nameplates);
  }

  /** How many readings there are. */
  public long readingsTotal() {
    long total = 0;
    for (long count : readings) {
      total += count;
    }
    return total;
  }

  /** How many readings a device sends, by its place in the plan. */
  public long readings(int index) {
    return readings[index];
  }
}
