package io.motorwatch.patterns.explain;

import io.motorwatch.patterns.definition.Step;
import java.util.List;
import java.util.Optional;

/**
 * A step of the pattern.
 *
 * @param step what it waits for
 * @param text the same for a person
 * @param happened when it happened, of the match or of the partial match that is furthest, device
 *     times; as many as its {@code times} once it is complete
 * @param under the run of its condition that goes on, or nothing
 * @param last the run that ended last, or nothing
 * @param longest of the runs that ended, the longest that was not long enough, or nothing
 * @param signals what it depends on
 */
public record StepView(
    Step step,
    String text,
    List<Long> happened,
    Optional<Run> under,
    Optional<Run> last,
    Optional<Run> longest,
    List<SignalView> signals) {

  public boolean complete() {
    return happened.size() >= step.times();
  }

  /** What is missing of a run until the step happens, milliseconds; not positive: nothing. */
  public long shortByMs(Run run) {
    return step.forMs() - run.lastedMs();
  }
}
