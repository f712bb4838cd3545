package io.motorwatch.timeline;

import org.apache.flink.streaming.api.TimerService;

/**
 * Judges by the wall clock how long a device has said nothing, with its one timer. The timer is not
 * moved with each reading, which would cost more than all the rest: it is let run out and set anew
 * then.
 *
 * <p>A device is silent only to somebody who listens. While the job was away, was held up (a timer
 * comes late) or lags behind (what it reads has waited), it did not: silence counts from the end of
 * that.
 */
final class SilenceWatch {

  /** Longer than the pauses of a healthy job, shorter than any silence worth telling. */
  private static final long HELD_UP_MS = 1_000;

  /**
   * The clock costs as much as a lookup of state. It is read whenever arrivals have gone on by so
   * much, and, as they hardly do while the job is slowed down, every few events.
   */
  private static final long LOOK_EVERY_MS = 100;

  private static final int LOOK_EVERY = 16;

  /** From here on {@code silent-after} says that silence is not to be judged: ten years. */
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

  /** To be told of each event, before anything is asked. */
  void arrived(long arrivedAt, TimerService timers) {
    if (++events < LOOK_EVERY && Math.abs(arrivedAt - lookedAt) < LOOK_EVERY_MS) {
      return;
    }
    events = 0;
    lookedAt = arrivedAt;
    look(arrivedAt, timers);
  }

  /** To be told of each timer, before anything is asked. */
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
  void heard(long arrivedAt, TimelineState state, TimerService timers) {
    state.lastHeard = Math.max(state.lastHeard, arrivedAt);
    if (state.silent || state.timer == TimelineState.NEVER) {
      state.silent = false;
      set(silentAt(state), state, timers);
    }
  }

  /** What is no sign of life still must not be kept for ever. */
  void keep(long arrivedAt, TimelineState state, TimerService timers) {
    if (state.lastHeard == TimelineState.NEVER) {
      state.lastHeard = arrivedAt;
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

  /** Sets the timer that has run out to when there is something to judge again. */
  void goOn(long now, TimelineState state, TimerService timers) {
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
    return Math.max(state.lastHeard, listeningSince);
  }

  /** What a device says of its reports counts, unless nobody is to be silent, as in history. */
  private long silentAfter(TimelineState state) {
    if (config.silentAfter() >= NEVER_SILENT_MS) {
      return config.silentAfter();
    }
    return ReportInterval.silentAfter(state.attributes).orElse(config.silentAfter());
  }

  /** Counted on while we are away, but nobody is forgotten who had no time to speak. */
  private long forgetAt(TimelineState state) {
    return Math.max(state.lastHeard + config.forgetAfter(), silentAt(state));
  }
}
