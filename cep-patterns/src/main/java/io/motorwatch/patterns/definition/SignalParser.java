package io.motorwatch.patterns.definition;

import io.motorwatch.patterns.definition.SignalLevel.Direction;
import io.motorwatch.patterns.expression.Expression;
import io.motorwatch.patterns.expression.ExpressionCompiler;
import io.motorwatch.patterns.expression.VariableTable;
import io.motorwatch.patterns.motor.MotorState;
import io.motorwatch.patterns.yaml.MappingReader;
import io.motorwatch.patterns.yaml.Problem;
import io.motorwatch.patterns.yaml.YamlNode;
import io.motorwatch.patterns.yaml.YamlNode.Scalar;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one signal. */
final class SignalParser {

  private final VariableTable variables;
  private final Collection<Problem> problems;

  SignalParser(VariableTable variables, Collection<Problem> problems) {
    this.variables = variables;
    this.problems = problems;
  }

  Optional<SignalDefinition> parse(String name, YamlNode node) {
    int before = problems.size();
    MappingReader fields = MappingReader.of(node, "signal " + name, problems);
    Optional<Scalar> value = fields.scalar("value");
    if (value.isEmpty() && !fields.has("value")) {
      fields.problem(fields.position(), "signal " + name + " has no value: an expression");
    }
    Set<String> names = variables.recordNames();
    Optional<Expression> expression =
        value.flatMap(text -> ExpressionParser.number(text, variables, problems));
    variables.recordNames();
    Optional<SignalLevel> level = level(fields, name, null);
    Set<MotorState> states = states(fields);
    fields.finish();
    if (problems.size() > before || value.isEmpty() || expression.isEmpty() || level.isEmpty()) {
      return Optional.empty();
    }
    boolean ratio = ExpressionCompiler.isQuotient(value.get().text());
    return Optional.of(
        new SignalDefinition(
            name,
            expression.get(),
            value.get().text().replaceAll("\\s+", ""),
            Set.copyOf(names),
            ratio,
            level.get(),
            states));
  }

  /**
   * Level, reset and gap of a signal.
   *
   * @param base for an override, the level it is based on: what is not given is taken from it, and
   *     a reset keeps its ratio to the level
   */
  Optional<SignalLevel> level(MappingReader fields, String name, @Nullable SignalLevel base) {
    OptionalDouble above = fields.number("above");
    OptionalDouble below = fields.number("below");
    OptionalDouble reset = fields.number("reset");
    long maxGap =
        fields
            .duration("max-gap", 1)
            .orElse(base == null ? SignalLevel.DEFAULT_MAX_GAP_MS : base.maxGapMs());
    if (fields.has("above") && fields.has("below")) {
      fields.problem(fields.positionOf("below"), "either above or below, not both");
      return Optional.empty();
    }
    if (base == null && !fields.has("above") && !fields.has("below")) {
      fields.problem(fields.position(), "signal " + name + " has no level: above or below");
      return Optional.empty();
    }
    Direction direction = direction(fields, base);
    double level =
        direction == Direction.ABOVE ? above.orElse(keep(base)) : below.orElse(keep(base));
    double resetAt = reset.orElseGet(() -> resetFor(direction, level, base));
    if (Double.isNaN(level)) {
      return Optional.empty();
    }
    SignalLevel result = new SignalLevel(direction, level, resetAt, maxGap);
    if (reset.isPresent() && wrongSide(result)) {
      fields.problem(
          fields.positionOf("reset"),
          "reset "
              + resetAt
              + " is on the wrong side of "
              + (direction == Direction.ABOVE ? "above " : "below ")
              + level
              + ": the signal would be true and false at once");
      return Optional.empty();
    }
    return Optional.of(result);
  }

  private static Direction direction(MappingReader fields, @Nullable SignalLevel base) {
    if (fields.has("above")) {
      return Direction.ABOVE;
    }
    return fields.has("below") || base == null ? Direction.BELOW : base.direction();
  }

  private static double keep(@Nullable SignalLevel base) {
    return base == null ? Double.NaN : base.level();
  }

  private static double resetFor(Direction direction, double level, @Nullable SignalLevel base) {
    boolean scalable = base != null && base.direction() == direction && base.level() != 0;
    double reset =
        scalable
            ? level * (base.reset() / base.level())
            : SignalLevel.defaultReset(direction, level);
    // With a negative level the ratio puts the reset on the wrong side, so it is mirrored.
    boolean wrong = direction == Direction.ABOVE ? reset > level : reset < level;
    return wrong ? 2 * level - reset : reset;
  }

  private static boolean wrongSide(SignalLevel level) {
    return level.direction() == Direction.ABOVE
        ? level.reset() > level.level()
        : level.reset() < level.level();
  }

  private Set<MotorState> states(MappingReader fields) {
    List<Scalar> named = fields.scalars("while");
    if (named.isEmpty()) {
      return EnumSet.allOf(MotorState.class);
    }
    EnumSet<MotorState> states = EnumSet.noneOf(MotorState.class);
    for (Scalar scalar : named) {
      MotorStateParser.parse(scalar, problems).ifPresent(states::add);
    }
    return states;
  }
}
