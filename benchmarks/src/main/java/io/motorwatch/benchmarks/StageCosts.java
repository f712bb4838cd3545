package io.motorwatch.benchmarks;

import java.util.Map;

/**
 * What the stages of one setting took, in relation to each other. A relation to what was not
 * measured is no number ({@link Double#NaN}).
 *
 * @param messages how many each of them took
 */
record StageCosts(Map<Stage, Cost> costs, long messages) {

  private static final Cost UNKNOWN = new Cost(Double.NaN, Double.NaN);

  Cost of(Stage stage) {
    return costs.getOrDefault(stage, UNKNOWN);
  }

  /** Processor time it adds to the stage before, by what parsing adds to making the messages. */
  double ratioToParse(Stage stage) {
    return added(stage) / added(Stage.PARSE);
  }

  private double added(Stage stage) {
    Stage before = stage.before();
    return before == null ? Double.NaN : of(stage).cpuSeconds() - of(before).cpuSeconds();
  }

  /** Messages a second by those of parsing alone, by the wall clock. */
  double shareOfParse(Stage stage) {
    return stage == Stage.GENERATE ? Double.NaN : of(Stage.PARSE).seconds() / of(stage).seconds();
  }

  /** Processor time of a message by that of the same stage elsewhere. */
  double ratioTo(StageCosts other, Stage stage) {
    return of(stage).cpuSecondsPerMillion(messages)
        / other.of(stage).cpuSecondsPerMillion(other.messages);
  }
}
