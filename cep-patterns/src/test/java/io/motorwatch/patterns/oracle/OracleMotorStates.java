package io.motorwatch.patterns.oracle;

import io.motorwatch.patterns.motor.MotorState;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/** The motor's state from the whole history, by docs/patterns.md. */
final class OracleMotorStates {

  private OracleMotorStates() {}

  /**
   * @param gap the longest pause through which a state lasts, by reading
   */
  static @Nullable MotorState at(List<HistoryReading> history, int i, IntToLongFunction gap) {
    MotorState state = null;
    long since = 0;
    for (int j = 0; j <= i; j++) {
      HistoryReading now = history.get(j);
      if (j > 0 && now.at() - history.get(j - 1).at() > gap.applyAsLong(j)) {
        state = null;
      }
      MotorState next = next(state, now.at() - since, now);
      if (next != state) {
        state = next;
        since = now.at();
      }
    }
    return state;
  }

  private static @Nullable MotorState next(
      @Nullable MotorState before, long lasted, HistoryReading now) {
    double load = now.variable("current") / now.variable("ratedCurrent");
    double speed = now.variable("speed") / now.variable("ratedSpeed");
    boolean noLoad = Double.isNaN(load);
    boolean noSpeed = Double.isNaN(speed);
    if (noLoad && noSpeed) {
      return before;
    }
    if (noLoad ? speed < 0.01 : load < 0.05) {
      return MotorState.STOP;
    }
    if (before == MotorState.STOP) {
      return MotorState.START;
    }
    if (before != MotorState.START) {
      return MotorState.RUN;
    }
    boolean settled = load < 1.2;
    boolean done = noSpeed ? settled || (load < 2 && lasted >= 15_000) : settled || speed >= 0.9;
    return done ? MotorState.RUN : MotorState.START;
  }
}
