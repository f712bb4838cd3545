package io.motorwatch.tools.explain;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.motorwatch.patterns.explain.BreakCause;
import io.motorwatch.patterns.explain.Explanation;
import io.motorwatch.patterns.explain.Run;
import io.motorwatch.patterns.explain.SignalView;
import io.motorwatch.patterns.explain.StepView;
import java.util.Locale;

/** An explanation as one JSON object; times are epoch milliseconds. */
public final class ExplanationJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private ExplanationJson() {}

  public static String of(Explanation explanation) {
    ObjectNode json = JSON.createObjectNode();
    json.put("site", explanation.device().site());
    json.put("device", explanation.device().device());
    json.put("pattern", explanation.pattern());
    if (explanation.at() != Long.MAX_VALUE) {
      json.put("at", explanation.at());
    }
    json.put("outcome", ExplanationText.outcome(explanation));
    json.put("open", explanation.open());
    json.put("applies", explanation.applies());
    explanation.missing().forEach(json.putArray("missing")::add);
    if (explanation.lastAt() != Long.MIN_VALUE) {
      json.put("lastReadingAt", explanation.lastAt());
    }
    json.put("motor", explanation.motor());
    ArrayNode transitions = json.putArray("transitions");
    explanation
        .transitions()
        .forEach(
            alarm ->
                transitions
                    .addObject()
                    .put("alarmId", alarm.episode().alarmId())
                    .put("state", alarm.state().name())
                    .put("severity", alarm.severity())
                    .put("onsetAt", alarm.episode().onsetAt())
                    .put("at", alarm.at()));
    ArrayNode steps = json.putArray("steps");
    explanation.steps().forEach(step -> step(step, steps.addObject()));
    ArrayNode losses = json.putArray("givenUp");
    explanation
        .losses()
        .forEach(
            loss ->
                losses
                    .addObject()
                    .put("at", loss.at())
                    .put("steps", loss.steps())
                    .put("why", loss.why().name().toLowerCase(Locale.ROOT))
                    .put("text", ExplanationText.loss(loss)));
    return json.toString();
  }

  private static void step(StepView step, ObjectNode json) {
    json.put("step", step.text());
    json.put("complete", step.complete());
    json.put("times", step.step().times());
    json.put("forMs", step.step().forMs());
    step.happened().forEach(json.putArray("completedAt")::add);
    step.under().ifPresent(run -> json.set("under", run(step, run)));
    step.last().ifPresent(run -> json.set("last", run(step, run)));
    step.longest().ifPresent(run -> json.set("nearest", run(step, run)));
    ArrayNode signals = json.putArray("signals");
    step.signals().forEach(signal -> signal(signal, signals.addObject()));
  }

  private static ObjectNode run(StepView step, Run run) {
    ObjectNode json = JSON.createObjectNode();
    json.put("from", run.begin());
    json.put("lastedMs", run.lastedMs());
    json.put("shortByMs", Math.max(0, step.shortByMs(run)));
    if (!run.open()) {
      json.put("brokenAt", run.end());
      json.put("cause", Words.cause(run.cause()));
      if (run.cause() instanceof BreakCause.Level level) {
        json.put("signal", level.signal());
        json.put("value", level.value());
        json.put("limit", level.limit());
        json.put("margin", level.margin());
      } else if (run.cause() instanceof BreakCause.Gap gap) {
        json.put("gapMs", gap.gapMs());
        json.put("maxGapMs", gap.maxGapMs());
      }
    }
    return json;
  }

  private static void signal(SignalView signal, ObjectNode json) {
    json.put("signal", signal.name());
    json.put("expression", signal.expression());
    json.put("truth", signal.truth().name().toLowerCase(Locale.ROOT));
    signal.since().ifPresent(since -> json.put("since", since));
    if (Double.isFinite(signal.value())) {
      json.put("value", signal.value());
    }
    json.put(signal.level().above() ? "above" : "below", signal.level().level());
    json.put("reset", signal.level().reset());
    json.put("maxGapMs", signal.level().maxGapMs());
    signal.unknown().forEach(json.putArray("unknown")::add);
  }
}
