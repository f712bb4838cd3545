package io.motorwatch.timeline;

import org.apache.flink.streaming.api.TimerService;

/**
 * Watches by the wall clock how long a device has sent nothing, with its one timer. The timer is
 * not moved with each reading, which would cost more than all the rest: it is let run out and set
 * again then.
 *
 * <p>Silence counts only while the job keeps up. While it was down, was held up (a timer fires
 * late) or lags behind (what it reads has waited), nothing can be said of a device: silence counts
 * from the end of that.
 */
final class SilenceWatch {

  /** Longer than the pauses of a healthy job, shorter than any silence worth reporting. */
  private static final long HELD_UP_MS = 1_000;

  /**
   * The clock costs as much as a lookup of state. It is read whenever arrivals have gone on by so
   * much, and, as they hardly do while the job is slowed down, every few events.
   */
  private static final long LOOK_EVERY_MS = 100;

  private static final int LOOK_EVERY = 16;

  /** From here on {@code silent-after} disables silence detection: ten years. */
  private static final long NEVER_SILENT_MS = 3_650 * 86_400_000L;

  private final TimelineSettings config;

  /** Since when this attempt has kept up, wall clock, epoch milliseconds. */
  private long listeningSince = TimelineState.NEVER;

  /** Arrival of the event the clock was last read with. */
  private long lookedAt = TimelineState.NEVER;

  private int events;

  SilenceWatch(TimelineSettings config) {
    this.config = config;
  }

  /** Call with each event, before any question. */
  void arrived(long arrivedAt, TimerService timers) {
    if (++events < LOOK_EVERY && Math.abs(arrivedAt - lookedAt) < LOOK_EVERY_MS) {
      return;
    }
    events = 0;
    lookedAt = arrivedAt;
    look(arrivedAt, timers);
  }

  /** Call with each timer, before any question. */
  void due(long at, TimerService timers) {
    look(at, timers);
  }

  private void look(long at, TimerService timers) {
    long now = timers.currentProcessingTime();
    if (listeningSince == TimelineState.NEVER || now - at > HELD_UP_MS) {
      listeningSince = now;
    }
  }

  /** The device has given a sign of life. */
  void seen(long arrivedAt, TimelineState state, TimerService timers) {
    state.lastSeen = Math.max(state.lastSeen, arrivedAt);
    if (state.silent || state.timer == TimelineState.NEVER) {
      state.silent = false;
      set(silentAt(state), state, timers);
    }
  }

  /** State of a device that gives no sign of life must not stay indefinitely. */
  void keep(long arrivedAt, TimelineState state, TimerService timers) {
    if (state.lastSeen == TimelineState.NEVER) {
      state.lastSeen = arrivedAt;
    }
    if (state.timer == TimelineState.NEVER) {
      set(silentAt(state), state, timers);
    }
  }

  /** A shorter interval than before applies at once. */
  void intervalChanged(TimelineState state, TimerService timers) {
    if (!state.silent) {
      set(Math.min(state.timer, silentAt(state)), state, timers);
    }
  }

  /** Sets the timer that has fired to the next time at which something is to be checked. */
  void setNext(long now, TimelineState state, TimerService timers) {
    long next = silentAt(state);
    if (state.silent) {
      next = Math.min(silentSince(state) + 2 * lasted(now, state), forgetAt(state));
    }
    set(next, state, timers);
  }

  private static void set(long at, TimelineState state, TimerService timers) {
    if (state.timer == at) {
      return;
    }
    if (state.timer != TimelineState.NEVER) {
      timers.deleteProcessingTimeTimer(state.timer);
    }
    state.timer = at;
    timers.registerProcessingTimeTimer(at);
  }

  boolean isSilent(long now, TimelineState state) {
    return now >= silentAt(state);
  }

  boolean isToBeForgotten(long now, TimelineState state) {
    return state.silent && now >= forgetAt(state);
  }

  /** The longest of once, twice, four times … the permitted silence that has passed. */
  long lasted(long now, TimelineState state) {
    long lasted = silentAfter(state);
    while (silentSince(state) + 2 * lasted <= now) {
      lasted *= 2;
    }
    return lasted;
  }

  private long silentAt(TimelineState state) {
    return silentSince(state) + silentAfter(state);
  }

  private long silentSince(TimelineState state) {
    return Math.max(state.lastSeen, listeningSince);
  }

  /**
   * The device's own report interval counts, unless silence detection is disabled, as for history.
   */
  private long silentAfter(TimelineState state) {
    if (config.silentAfter() >= NEVER_SILENT_MS) {
      return config.silentAfter();
    }
    return ReportInterval.silentAfter(state.attributes).orElse(config.silentAfter());
  }

  /** Time goes on while the job is down, but no device is forgotten that had no time to send. */
  private long forgetAt(TimelineState state) {
    return Math.max(state.lastSeen + config.forgetAfter(), silentAt(state));
  }
}
