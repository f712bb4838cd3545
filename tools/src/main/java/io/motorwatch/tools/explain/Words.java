package io.motorwatch.tools.explain;

import io.motorwatch.patterns.explain.BreakCause;
import io.motorwatch.patterns.explain.Run;
import io.motorwatch.patterns.explain.SignalView;
import io.motorwatch.patterns.explain.StepView;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times, numbers and causes in words. */
final class Words {

  private static final MathContext DIGITS = new MathContext(4);

  private Words() {}

  static String time(long at) {
    return Instant.ofEpochMilli(at).toString();
  }

  /** Four digits, without an exponent where it can be read without one. */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      return "unknown";
    }
    BigDecimal rounded = BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros();
    return Math.abs(rounded.scale()) > 9 ? rounded.toString() : rounded.toPlainString();
  }

  /** {@code 4 s}, {@code 0.5 s}, {@code 2 min}, {@code 3 h}. */
  static String span(long millis) {
    if (millis % 1000 != 0) {
      return number(millis / 1000.0) + " s";
    }
    long seconds = millis / 1000;
    if (seconds % 3600 == 0 && seconds > 0) {
      return seconds / 3600 + " h";
    }
    return seconds % 60 == 0 && seconds >= 120 ? seconds / 60 + " min" : seconds + " s";
  }

  /** {@code overcurrent broke at …: 1.13 below reset 1.15; 4 s short of 30 s}. */
  static String broke(StepView step, Run run) {
    String what = run.cause() instanceof BreakCause.Level level ? level.signal() : step.text();
    StringBuilder text =
        new StringBuilder(what).append(" broke at ").append(time(run.end())).append(": ");
    text.append(cause(run.cause()));
    long missing = step.shortByMs(run);
    if (step.step().persists() && missing > 0) {
      text.append("; ").append(span(missing)).append(" short of ");
      text.append(span(step.step().forMs()));
    }
    return text.toString();
  }

  static String cause(@Nullable BreakCause cause) {
    if (cause instanceof BreakCause.Level level) {
      return number(level.value())
          + (level.above() ? " below reset " : " above reset ")
          + number(level.limit());
    } else if (cause instanceof BreakCause.Gap gap) {
      return "no reading for " + span(gap.gapMs()) + ", and max-gap is " + span(gap.maxGapMs());
    } else if (cause instanceof BreakCause.MotorState motor) {
      return motor.what()
          + " does not count while the motor is "
          + (motor.now().isEmpty() ? "in an unknown state" : "in " + motor.now());
    } else if (cause instanceof BreakCause.AlarmChanged alarm) {
      return "the alarm " + alarm.pattern() + " changed";
    } else if (cause instanceof BreakCause.TooFew few) {
      return few.held() + " of the last " + few.of() + " readings, and not " + few.count();
    } else if (cause instanceof BreakCause.Became became) {
      return became.what() + " became true";
    } else if (cause instanceof BreakCause.NotSilent) {
      return "a reading came";
    }
    return "it goes on";
  }

  /** A signal with its value, level and since when. */
  static String signal(SignalView signal) {
    SignalView.Level level = signal.level();
    StringBuilder text = new StringBuilder(signal.name()).append(" = ");
    text.append(signal.expression()).append(" is ").append(number(signal.value()));
    if (!signal.unknown().isEmpty()) {
      text.append(" (no value of ").append(String.join(", ", signal.unknown())).append(")");
    }
    text.append(": ").append(signal.truth().name().toLowerCase(Locale.ROOT));
    signal.since().ifPresent(since -> text.append(" since ").append(time(since)));
    text.append("; true ").append(level.above() ? "above " : "below ");
    text.append(number(level.level())).append(", false ");
    text.append(level.above() ? "below " : "above ").append(number(level.reset()));
    if (Double.isFinite(signal.value())) {
      double margin = signal.value() - level.level();
      text.append(" (").append(number(Math.abs(margin)));
      text.append(margin > 0 ? " above" : " below").append(" the level)");
    }
    return text.toString();
  }
}
