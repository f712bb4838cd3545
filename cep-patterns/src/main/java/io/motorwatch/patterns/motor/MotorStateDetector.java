package io.motorwatch.patterns.motor;

import io.motorwatch.patterns.expression.VariableTable;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Detects from current and speed whether a motor is stopped, starting or running.
 *
 * <ul>
 *   <li>{@code STOP}: current below 5 % of rated, or, where no current is known, speed below 1 % of
 *       rated.
 *   <li>{@code START}: from STOP with a reading above that; left with a later reading whose current
 *       has settled below the overload pick-up, or whose speed has reached 90 % of rated. So a
 *       start is seen for one reading at least, also where the inrush fell between two readings.
 *   <li>{@code RUN}: after START, or if the first reading is running.
 * </ul>
 *
 * <p>The 15 s are ours: longer than the 10 s after which a start counts as long (General Electric's
 * 469: 1 to 250 s), so that a long start is still seen as one. The limits follow the start logic of
 * General Electric's 469 relay: a start is from no current to above the pick-up, and ends below it.
 */
public final class MotorStateDetector {

  static final double STOP_CURRENT = 0.05;
  static final double STOP_SPEED = 0.01;

  /** The pick-up of the mission's overload pattern; GE 469: 1.01 to 1.25 times rated. */
  static final double SETTLED_CURRENT = 1.2;

  static final double STARTED_SPEED = 0.9;

  /** Below this, twice the rated current, a rotor is not locked. */
  static final double ACCELERATING_CURRENT = 2.0;

  static final long LONGEST_MILD_START_MS = 15_000;

  private static final String CURRENT = "current";
  private static final String RATED_CURRENT = "ratedCurrent";
  private static final String SPEED = "speed";
  private static final String RATED_SPEED = "ratedSpeed";

  /** The fields and attributes that decide the state, whatever a pattern file names. */
  public static final Set<String> NAMES = Set.of(CURRENT, RATED_CURRENT, SPEED, RATED_SPEED);

  private final int current;
  private final int ratedCurrent;
  private final int speed;
  private final int ratedSpeed;

  public MotorStateDetector(VariableTable variables) {
    this.current = variables.indexOf(CURRENT);
    this.ratedCurrent = variables.indexOf(RATED_CURRENT);
    this.speed = variables.indexOf(SPEED);
    this.ratedSpeed = variables.indexOf(RATED_SPEED);
  }

  /**
   * The state with this reading.
   *
   * @param before the state with the reading before, null for none
   * @param lastedMs how long it has lasted with this reading, milliseconds of device time
   * @return null while neither current nor speed is known in relation to its rated value
   */
  public @Nullable MotorState next(@Nullable MotorState before, long lastedMs, double[] variables) {
    double load = variables[current] / variables[ratedCurrent];
    double turning = variables[speed] / variables[ratedSpeed];
    boolean stopped;
    if (!Double.isNaN(load)) {
      stopped = load < STOP_CURRENT;
    } else if (!Double.isNaN(turning)) {
      stopped = turning < STOP_SPEED;
    } else {
      return before;
    }
    if (stopped) {
      return MotorState.STOP;
    }
    if (before == MotorState.STOP) {
      return MotorState.START;
    }
    if (before == MotorState.START && stillStarting(load, turning, lastedMs)) {
      return MotorState.START;
    }
    return MotorState.RUN;
  }

  private static boolean stillStarting(double load, double turning, long lastedMs) {
    if (!Double.isNaN(turning)) {
      boolean settled = load < SETTLED_CURRENT;
      return turning < STARTED_SPEED && !settled;
    }
    return load >= SETTLED_CURRENT
        && (load >= ACCELERATING_CURRENT || lastedMs < LONGEST_MILD_START_MS);
  }
}
