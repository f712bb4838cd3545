package io.motorwatch.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Keeps a broken device from filling the database: lets so many rejections of a device through in a
 * minute of wall clock and counts the rest, which one more rejection sums up once the minute is
 * over. Messages of which no device is known share one allowance. For one thread.
 */
public final class RejectionLimit {

  private static final long MINUTE = 60_000;

  /** Bounds what a flood of invented devices can occupy; the oldest is summed up early. */
  static final int MAX_SOURCES = 10_000;

  private final int perMinute;
  private final Map<DeviceKey, Tally> tallies = new LinkedHashMap<>();
  private final List<Rejection> due = new ArrayList<>();
  private long minute = Long.MIN_VALUE;

  /**
   * @param perMinute rejections of one device let through in a minute; at least 1
   */
  public RejectionLimit(int perMinute) {
    this.perMinute = perMinute;
  }

  private record DeviceKey(String site, String device) {}

  /** One device's rejections in the present minute. */
  private static final class Tally {
    private int all;
    private Rejection newest;

    private Tally(Rejection first) {
      this.newest = first;
    }
  }

  /**
   * Whether there is something for {@link #sumUp} at this wall clock; as cheap as can be, for the
   * way of every reading.
   */
  public boolean isDue(long now) {
    return (!tallies.isEmpty() && isOver(now)) || !due.isEmpty();
  }

  /**
   * Also of a clock that was set back: the minute would otherwise last until it has caught up. By
   * less than a minute, messages of several readers are in no order anyway.
   */
  private boolean isOver(long now) {
    return now >= minute + MINUTE || now < minute - MINUTE;
  }

  /**
   * Takes what an earlier attempt had counted and not reported; it is reported with the next sums.
   */
  public void restore(Rejection sum) {
    due.add(sum);
  }

  /** Counts a rejection, and says whether it may be passed on. */
  public boolean admits(Rejection rejection) {
    if (tallies.isEmpty()) {
      minute = Math.floorDiv(rejection.arrivedAt(), MINUTE) * MINUTE;
    }
    DeviceKey source = new DeviceKey(rejection.site(), rejection.device());
    Tally tally = tallies.get(source);
    if (tally == null) {
      if (tallies.size() == MAX_SOURCES) {
        Map.Entry<DeviceKey, Tally> oldest = tallies.entrySet().iterator().next();
        tallies.remove(oldest.getKey());
        addSum(oldest.getValue(), due);
      }
      tally = new Tally(rejection);
      tallies.put(source, tally);
    }
    tally.all++;
    tally.newest = rejection;
    return tally.all <= perMinute;
  }

  /** Reports what was counted until now, and starts a new minute. */
  public void sumUp(Consumer<Rejection> out) {
    unreported().forEach(out);
    due.clear();
    tallies.clear();
  }

  /** What {@link #sumUp} would report, for a checkpoint. */
  public List<Rejection> unreported() {
    List<Rejection> sums = new ArrayList<>(due);
    tallies.values().forEach(tally -> addSum(tally, sums));
    return sums;
  }

  private void addSum(Tally tally, List<Rejection> sums) {
    int suppressed = tally.all - perMinute;
    if (suppressed > 0) {
      Rejection newest = tally.newest;
      sums.add(
          new Rejection(
              newest.reason(),
              newest.site(),
              newest.device(),
              newest.topic(),
              suppressed
                  + " more were rejected within a minute and are only counted; the last one: "
                  + newest.detail(),
              newest.payload(),
              newest.arrivedAt()));
    }
  }
}
