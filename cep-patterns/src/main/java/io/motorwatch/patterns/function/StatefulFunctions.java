package io.motorwatch.patterns.function;

import static java.util.Map.entry;

import io.motorwatch.patterns.expression.Expression;
import java.util.List;
import java.util.Map;

/** The stateful functions that expressions may call, by name. */
public final class StatefulFunctions {

  /** The most inputs of {@code residual}, which bounds its memory to 264 bytes. */
  public static final int MOST_INPUTS = LinearResidual.MOST_INPUTS;

  /** What a function takes at a place. */
  public enum Parameter {
    NUMBER("a number"),
    /** A name that must be positive for every device. */
    RATING("a number"),
    NUMBERS("a list of numbers"),
    DURATION("a duration");

    private final String words;

    Parameter(String words) {
      this.words = words;
    }

    /** For a person. */
    public String words() {
      return words;
    }
  }

  private static final List<Parameter> OVER_TIME = List.of(Parameter.NUMBER, Parameter.DURATION);

  private static final String LEARNED_START_HEAT = "learnedStartHeat";

  private static final Map<String, List<Parameter>> PARAMETERS =
      Map.ofEntries(
          entry("mean", OVER_TIME),
          entry("deviation", OVER_TIME),
          entry("rate", OVER_TIME),
          entry("zscore", OVER_TIME),
          entry("residual", List.of(Parameter.NUMBER, Parameter.NUMBERS, Parameter.DURATION)),
          entry("thermal", List.of(Parameter.NUMBER, Parameter.RATING, Parameter.RATING)),
          entry("startsWithin", List.of(Parameter.DURATION)),
          entry("startTime", List.of()),
          entry("startPeak", List.of()),
          entry("startHeat", List.of()),
          entry(LEARNED_START_HEAT, List.of(Parameter.RATING)));

  private StatefulFunctions() {}

  /** Names, and what each takes. */
  public static Map<String, List<Parameter>> all() {
    return PARAMETERS;
  }

  /**
   * The fields and attributes that a function reads without being given them, behind its arguments.
   */
  public static List<String> implicit(String name) {
    return switch (name) {
      case "startHeat", "startPeak", LEARNED_START_HEAT -> List.of("current", "ratedCurrent");
      default -> List.of();
    };
  }

  /**
   * Makes a call of a function.
   *
   * @param text the call in canonical form
   * @param variable the index of its value
   * @param inputs its arguments except a duration, those of a list one by one
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
          case "residual" -> new LinearResidual(inputs.size() - 1, durationMs);
          case "thermal" -> new ThermalReplica();
          case "startsWithin" -> new StartCounter(durationMs);
          case "startTime" -> new StartComparison(StartComparison.Quantity.TIME);
          case "startHeat" -> new StartComparison(StartComparison.Quantity.HEAT);
          case "startPeak" -> new StartComparison(StartComparison.Quantity.PEAK);
          case LEARNED_START_HEAT -> new StartComparison(StartComparison.Quantity.LEARNED_HEAT);
          default -> throw new IllegalArgumentException("no stateful function " + name);
        };
    return new StatefulFunctionCall(text, variable, function, inputs);
  }
}
