package io.motorwatch.benchmarks.rivals;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.apache.flink.cep.CEP;
import org.apache.flink.cep.PatternSelectFunction;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Flink CEP on the samples themselves, as its documentation leads one to write it: the sample
 * before the rise, the rise, samples that hold it, one after another, and the sample that completes
 * it. In order of arrival, which here is that of time and spares Flink the sorting.
 */
final class FlinkRawEngine implements Engine {

  @Override
  public String variant() {
    return "flink-cep-raw";
  }

  @Override
  public SortedSet<Raised> evaluate(LoadStream stream) throws Exception {
    return FlinkJob.run(
        stream,
        samples -> {
          for (HeldRule rule : HeldRule.BOTH) {
            CEP.pattern(samples, pattern(rule))
                .inProcessingTime()
                .select(new Report(rule.name()))
                .sinkTo(new DiscardingSink<>());
          }
        });
  }

  private static Pattern<Sample, ?> pattern(HeldRule rule) {
    return Pattern.<Sample>begin("before", AfterMatchSkipStrategy.noSkip())
        .next("onset")
        .where(new Onset(rule))
        .next("held")
        .where(new Held(rule))
        .oneOrMore()
        .consecutive()
        .next("completed")
        .where(new Completed(rule));
  }

  private static Sample last(Iterable<Sample> samples) {
    Sample last = null;
    for (Sample each : samples) {
      last = each;
    }
    if (last == null) {
      throw new IllegalStateException("a step of the pattern was reached past the one before");
    }
    return last;
  }

  /** Above the level with this sample and not with the one before. */
  private static final class Onset extends IterativeCondition<Sample> {

    private static final long serialVersionUID = 1L;

    private final HeldRule rule;

    private Onset(HeldRule rule) {
      this.rule = rule;
    }

    @Override
    public boolean filter(Sample sample, Context<Sample> context) throws Exception {
      if (sample.load <= rule.above()) {
        return false;
      }
      Sample before = last(context.getEventsForPattern("before"));
      return before.load < rule.reset() || sample.at - before.at > HeldRule.MAX_GAP_MS;
    }
  }

  private static final class Held extends IterativeCondition<Sample> {

    private static final long serialVersionUID = 1L;

    private final HeldRule rule;

    private Held(HeldRule rule) {
      this.rule = rule;
    }

    @Override
    public boolean filter(Sample sample, Context<Sample> context) throws Exception {
      if (sample.load < rule.reset()) {
        return false;
      }
      Sample onset = last(context.getEventsForPattern("onset"));
      Sample before = onset;
      for (Sample each : context.getEventsForPattern("held")) {
        before = each;
      }
      return sample.at - before.at <= HeldRule.MAX_GAP_MS && sample.at - onset.at < rule.heldMs();
    }
  }

  private static final class Completed extends IterativeCondition<Sample> {

    private static final long serialVersionUID = 1L;

    private final HeldRule rule;

    private Completed(HeldRule rule) {
      this.rule = rule;
    }

    @Override
    public boolean filter(Sample sample, Context<Sample> context) throws Exception {
      return sample.load >= rule.reset()
          && sample.at - last(context.getEventsForPattern("onset")).at >= rule.heldMs()
          && sample.at - last(context.getEventsForPattern("held")).at <= HeldRule.MAX_GAP_MS;
    }
  }

  private static final class Report implements PatternSelectFunction<Sample, Sample> {

    private static final long serialVersionUID = 1L;

    private final String rule;

    private Report(String rule) {
      this.rule = rule;
    }

    @Override
    public Sample select(Map<String, List<Sample>> match) {
      Sample onset = match.get("onset").get(0);
      Sample completed = match.get("completed").get(0);
      FlinkJob.found(new Raised(onset.device, rule, onset.at, completed.at));
      return completed;
    }
  }
}
