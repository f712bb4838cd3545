package io.motorwatch.tools.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates what a device really sent, reading by reading, by the rules as the contract has them.
 */
final class Oracle {

  enum State {
    STOP,
    START,
    RUN
  }

  /** A level that has been exceeded since a time. */
  private static final class Watch {
    final String pattern;
    final State state;
    final double level;
    final double reset;
    final long hold;
    @Nullable Long since;
    boolean open;

    Watch(String pattern, State state, double level, double reset, long hold) {
      this.pattern = pattern;
      this.state = state;
      this.level = level;
      this.reset = reset;
      this.hold = hold;
    }
  }

  private final Nameplate nameplate;
  private final List<Watch> watches =
      List.of(
          new Watch("overload", State.RUN, 1.2, 1.15, 30_000),
          new Watch("stall", State.RUN, 2, 1.92, 2_000),
          new Watch("locked-rotor-start", State.START, 2, 1.92, 10_000));
  private final Map<String, TruthEpisode> open = new TreeMap<>();
  private final List<TruthEpisode> closed = new ArrayList<>();
  private @Nullable State state;
  private long lastAt = Long.MAX_VALUE;

  Oracle(Nameplate nameplate) {
    this.nameplate = nameplate;
  }

  void take(SimulatedReading reading) {
    double load = reading.current() / nameplate.ratedCurrent();
    long at = reading.timestamp();
    boolean gap = at - lastAt > 10_000;
    lastAt = at;
    state = next(gap ? null : state, load, reading.speed() / nameplate.ratedSpeed());
    for (Watch watch : watches) {
      if (gap) {
        watch.since = null;
      }
      boolean above = watch.since == null ? load > watch.level : load >= watch.reset;
      if (state != watch.state || !above) {
        watch.since = null;
        if (watch.open) {
          watch.open = false;
          TruthEpisode raised = open.remove(watch.pattern);
          closed.add(cleared(raised, at));
        }
      } else {
        if (watch.since == null) {
          watch.since = at;
        }
        if (!watch.open && at - watch.since >= watch.hold) {
          watch.open = true;
          open.put(watch.pattern, raised(watch, at));
        }
      }
    }
  }

  private TruthEpisode raised(Watch watch, long at) {
    long since = watch.since == null ? at : watch.since;
    return new TruthEpisode(
        nameplate.device().site(), nameplate.device().device(), watch.pattern, since, at, 0);
  }

  private static TruthEpisode cleared(@Nullable TruthEpisode raised, long at) {
    if (raised == null) {
      throw new IllegalStateException("cleared without being raised");
    }
    return new TruthEpisode(
        raised.site(), raised.device(), raised.pattern(), raised.onsetAt(), raised.raisedAt(), at);
  }

  static State next(@Nullable State before, double load, double turning) {
    if (load < 0.05) {
      return State.STOP;
    }
    if (before == State.STOP) {
      return State.START;
    }
    return before == State.START && load >= 1.2 && turning < 0.9 ? State.START : State.RUN;
  }

  @Nullable State state() {
    return state;
  }

  List<TruthEpisode> closed() {
    return closed;
  }

  boolean anyOpen() {
    return !open.isEmpty();
  }
}
