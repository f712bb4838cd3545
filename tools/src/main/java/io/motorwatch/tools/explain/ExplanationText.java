package io.motorwatch.tools.explain;

import io.motorwatch.model.Alarm;
import io.motorwatch.model.AlarmState;
import io.motorwatch.patterns.explain.Explanation;
import io.motorwatch.patterns.explain.Explanation.Loss;
import io.motorwatch.patterns.explain.Run;
import io.motorwatch.patterns.explain.StepView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An explanation as lines for a person. */
public final class ExplanationText {

  private final Explanation explanation;
  private final boolean whyNot;
  private final List<String> lines = new ArrayList<>();

  private ExplanationText(Explanation explanation, boolean whyNot) {
    this.explanation = explanation;
    this.whyNot = whyNot;
  }

  /**
   * @param whyNot whether the attempt that came nearest is wanted, besides the last
   */
  public static List<String> of(Explanation explanation, boolean whyNot) {
    ExplanationText text = new ExplanationText(explanation, whyNot);
    text.write();
    return List.copyOf(text.lines);
  }

  /** Raised, open, cleared, not raised or not evaluated, with its times. */
  static String outcome(Explanation explanation) {
    if (explanation.lastAt() == Long.MIN_VALUE) {
      return "not evaluated: no reading until then";
    }
    Optional<Alarm> raised = explanation.raised();
    if (raised.isPresent()) {
      Alarm alarm = raised.get();
      String text =
          "raised "
              + Words.time(alarm.episode().raisedAt())
              + ", onset "
              + Words.time(alarm.episode().onsetAt())
              + ", "
              + alarm.severity()
              + ", alarm "
              + alarm.episode().alarmId();
      return explanation.open() ? text : text + cleared(explanation);
    }
    if (!explanation.missing().isEmpty()) {
      return "not evaluated: no " + String.join(", no ", explanation.missing());
    }
    return explanation.applies()
        ? "not raised"
        : "not evaluated: the pattern does not apply to this device (applies-to)";
  }

  private static String cleared(Explanation explanation) {
    return explanation.transitions().stream()
        .filter(each -> each.state() == AlarmState.CLEARED)
        .reduce((first, second) -> second)
        .map(each -> "; cleared " + Words.time(each.at()))
        .orElse("");
  }

  private void write() {
    String at = explanation.at() == Long.MAX_VALUE ? "the end" : Words.time(explanation.at());
    lines.add(
        explanation.device()
            + " "
            + explanation.pattern()
            + " at "
            + at
            + ": "
            + outcome(explanation));
    if (explanation.lastAt() == Long.MIN_VALUE) {
      return;
    }
    if (explanation.lastAt() != explanation.at()) {
      lines.add("last reading before: " + Words.time(explanation.lastAt()));
    }
    if (!explanation.motor().isEmpty()) {
      lines.add("motor: " + explanation.motor());
    }
    int number = 1;
    for (StepView step : explanation.steps()) {
      lines.add(number++ + ". " + step.text() + ": " + state(step));
      step.signals().forEach(signal -> lines.add("   " + Words.signal(signal)));
      runs(step);
    }
    explanation.losses().stream()
        .skip(Math.max(0, explanation.losses().size() - (whyNot ? 5 : 1)))
        .map(ExplanationText::loss)
        .forEach(lines::add);
  }

  private static String state(StepView step) {
    int times = step.step().times();
    if (step.complete()) {
      return "complete at " + Words.time(step.happened().get(step.happened().size() - 1));
    }
    String so = times > 1 ? step.happened().size() + " of " + times + " times; " : "";
    if (step.under().isEmpty()) {
      return so + "not true now";
    }
    Run run = step.under().get();
    String since = so + "true since " + Words.time(run.begin());
    long missing = step.shortByMs(run);
    return step.step().persists() && missing > 0
        ? since + ", " + Words.span(missing) + " short of " + Words.span(step.step().forMs())
        : since;
  }

  private void runs(StepView step) {
    if (step.complete()) {
      return;
    }
    step.last().ifPresent(run -> lines.add("   " + Words.broke(step, run)));
    if (whyNot) {
      step.longest()
          .filter(run -> !step.last().equals(Optional.of(run)))
          .ifPresent(run -> lines.add("   nearest: " + Words.broke(step, run)));
    }
  }

  /** When and why a sequence under way was given up. */
  static String loss(Loss loss) {
    String text =
        "given up at "
            + Words.time(loss.at())
            + " after "
            + (loss.steps() == 1 ? "1 step: " : loss.steps() + " steps: ");
    return text
        + switch (loss.why()) {
          case BROKEN -> "step " + loss.detail() + " broke";
          case FORBIDDEN -> "what step " + loss.detail() + " forbids (not) happened";
          case TOO_LATE ->
              loss.detail().equals("within")
                  ? "it took longer than the pattern's within"
                  : "step " + loss.detail() + " took longer than its within";
          case RESTARTED -> loss.detail();
        };
  }
}
