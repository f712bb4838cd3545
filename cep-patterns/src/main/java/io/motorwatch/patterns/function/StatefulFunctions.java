package io.motorwatch.patterns.function;

import io.motorwatch.patterns.expression.Expression;
import java.util.List;
import java.util.Map;

/** The trace functions expressions may call. */
public final class StatefulFunctions {

  /** How many arguments each takes. */
  private static final Map<String, Integer> ARGUMENTS =
      Map.of("mean", 2, "deviation", 2, "rate", 2, "zscore", 2, "thermal", 3, "startsWithin", 1);

  private StatefulFunctions() {}

  /** Names, and how many arguments each takes. */
  public static Map<String, Integer> all() {
    return ARGUMENTS;
  }

  /** Whether its last argument is a duration. */
  public static boolean takesDuration(String name) {
    return !name.equals("thermal");
  }

  /**
   * A call of one.
   *
   * @param text the call in one unmistakable form
   * @param variable where its value goes
   * @param inputs its arguments but a duration
   * @param durationMs the duration, milliseconds, positive; NaN where it takes none
   */
  public static StatefulFunctionCall call(
      String name, String text, int variable, List<Expression> inputs, double durationMs) {
    StatefulFunction function =
        switch (name) {
          case "mean" -> new MeanAndDeviation(MeanAndDeviation.Moment.MEAN, durationMs);
          case "deviation" -> new MeanAndDeviation(MeanAndDeviation.Moment.DEVIATION, durationMs);
          case "rate" -> new RateOfChange(durationMs);
          case "zscore" -> new ZScore(durationMs);
          case "thermal" -> new ThermalReplica();
          case "startsWithin" -> new StartCounter(durationMs);
          default -> throw new IllegalArgumentException("no trace function " + name);
        };
    return new StatefulFunctionCall(text, variable, function, inputs);
  }
}
