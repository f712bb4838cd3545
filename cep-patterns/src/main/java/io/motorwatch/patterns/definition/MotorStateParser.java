package io.motorwatch.patterns.definition;

import io.motorwatch.patterns.motor.MotorState;
import io.motorwatch.patterns.yaml.Problem;
import io.motorwatch.patterns.yaml.YamlNode.Scalar;
import java.util.Collection;
import java.util.Optional;

/** Reads the motor states of files. */
final class MotorStateParser {

  private MotorStateParser() {}

  static Optional<MotorState> parse(Scalar scalar, Collection<Problem> problems) {
    for (MotorState state : MotorState.values()) {
      if (state.name().equals(scalar.text())) {
        return Optional.of(state);
      }
    }
    problems.add(
        new Problem(
            scalar.position(), "'" + scalar.text() + "' is no motor state: STOP, START or RUN"));
    return Optional.empty();
  }
}
