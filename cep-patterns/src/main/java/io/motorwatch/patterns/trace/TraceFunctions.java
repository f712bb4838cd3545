package io.motorwatch.patterns.trace;

import io.motorwatch.patterns.expression.Expression;
import java.util.List;
import java.util.Map;

/** The trace functions expressions may call. */
public final class TraceFunctions {

  /** How many arguments each takes. */
  private static final Map<String, Integer> ARGUMENTS =
      Map.of("mean", 2, "deviation", 2, "rate", 2, "zscore", 2, "thermal", 3, "startsWithin", 1);

  private TraceFunctions() {}

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
  public static Trace call(
      String name, String text, int variable, List<Expression> inputs, double durationMs) {
    TraceFunction function =
        switch (name) {
          case "mean" -> new Moments(Moments.Moment.MEAN, durationMs);
          case "deviation" -> new Moments(Moments.Moment.DEVIATION, durationMs);
          case "rate" -> new Rate(durationMs);
          case "zscore" -> new ZScore(durationMs);
          case "thermal" -> new ThermalReplica();
          case "startsWithin" -> new Starts(durationMs);
          default -> throw new IllegalArgumentException("no trace function " + name);
        };
    return new Trace(text, variable, function, inputs);
  }
}
