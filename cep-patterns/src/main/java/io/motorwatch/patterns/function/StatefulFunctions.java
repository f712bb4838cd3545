package io.motorwatch.patterns.function;

import io.motorwatch.patterns.expression.Expression;
import java.util.List;
import java.util.Map;

/** The stateful functions that expressions may call, by name. */
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
   * Makes a call of a function.
   *
   * @param text the call in canonical form
   * @param variable the index of its value
   * @param inputs its arguments except a duration
   * @param durationMs the duration, milliseconds, positive; NaN where it takes none
   */
  public static StatefulFunctionCall call(
      String name, String text, int variable, List<Expression> inputs, double durationMs) {
    StatefulFunction function =
        switch (name) {
          case "mean" -> new MeanAndDeviation(MeanAndDeviation.Statistic.MEAN, durationMs);
          case "deviation" ->
              new MeanAndDeviation(MeanAndDeviation.Statistic.DEVIATION, durationMs);
          case "rate" -> new RateOfChange(durationMs);
          case "zscore" -> new ZScore(durationMs);
          case "thermal" -> new ThermalReplica();
          case "startsWithin" -> new StartCounter(durationMs);
          default -> throw new IllegalArgumentException("no stateful function " + name);
        };
    return new StatefulFunctionCall(text, variable, function, inputs);
  }
}
