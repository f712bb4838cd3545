package io.motorwatch.jobs.timeline;

import io.motorwatch.jobs.config.TimelineConfig;
import org.apache.flink.streaming.api.TimerService;

/**
 * Judges by the wall clock how long a device has said nothing, with its one timer. The timer is not
 * moved with each reading, which would cost more than all the rest: it is let run out and set anew
 * then.
 */
final class SilenceWatch {

  private final TimelineConfig config;

  /** Wall clock of this attempt's first event or timer, epoch milliseconds. */
  private long startedAt = TimelineState.NEVER;

  SilenceWatch(TimelineConfig config) {
    this.config = config;
  }

  /** To be told of each event and timer, before anything is asked. */
  void goesOn(TimerService timers) {
    if (startedAt == TimelineState.NEVER) {
      startedAt = timers.currentProcessingTime();
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

  /** Nobody is silent while it is we who were away. */
  private long silentSince(TimelineState state) {
    return Math.max(state.lastHeard, startedAt);
  }

  private long silentAfter(TimelineState state) {
    return ReportInterval.silentAfter(state.attributes).orElse(config.silentAfter());
  }

  /** Counted on while we are away, but nobody is forgotten who had no time to speak. */
  private long forgetAt(TimelineState state) {
    return Math.max(state.lastHeard + config.forgetAfter(), silentAt(state));
  }
}
