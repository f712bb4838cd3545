package io.motorwatch.patterns.definition;

import io.motorwatch.patterns.expression.Expression;
import io.motorwatch.patterns.motor.MotorState;
import java.util.Set;

/**
 * A named signal of a pattern file.
 *
 * @param value what is compared with the level
 * @param text the value as the file writes it, without spaces, since they change nothing
 * @param names the fields and attributes that the value reads
 * @param ratio whether the value is a quotient, which messages show as a percentage
 * @param whileStates motor states in which it may be true; all of them where none are given
 */
public record SignalDefinition(
    String name,
    Expression value,
    String text,
    Set<String> names,
    boolean ratio,
    SignalLevel level,
    Set<MotorState> whileStates) {

  /** Whether the motor's state matters at all. */
  public boolean dependsOnMotor() {
    return whileStates.size() < MotorState.values().length;
  }
}
