package io.motorwatch.patterns.definition;

import io.motorwatch.patterns.expression.VariableTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of an alarm with placeholders: {@code {value}}, {@code {threshold}}, {@code {peak}},
 * {@code {duration}} and any field or attribute.
 *
 * <p>The first three are shown as a percentage where the pattern's signal is a ratio, that is,
 * where its value divides by something.
 */
public final class MessageTemplate {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_.-]*)}");

  private final List<Part> parts;

  private MessageTemplate(List<Part> parts) {
    this.parts = parts;
  }

  /** One stretch of text, or a placeholder. */
  private sealed interface Part {
    record Text(String text) implements Part {}

    record AlarmValue(String name) implements Part {}

    record Variable(String name, int index) implements Part {}
  }

  /** Numbers of an alarm at the time of its message; NaN where there is none. */
  public record AlarmValues(
      double value, double threshold, double peak, long durationMs, boolean ratio) {}

  public static MessageTemplate parse(String text, VariableTable variables) {
    List<Part> parts = new ArrayList<>();
    Matcher matcher = PLACEHOLDER.matcher(text);
    int from = 0;
    while (matcher.find()) {
      parts.add(new Part.Text(text.substring(from, matcher.start())));
      String name = matcher.group(1);
      parts.add(
          switch (name) {
            case "value", "threshold", "peak", "duration" -> new Part.AlarmValue(name);
            default -> new Part.Variable(name, variables.indexOf(name));
          });
      from = matcher.end();
    }
    parts.add(new Part.Text(text.substring(from)));
    return new MessageTemplate(List.copyOf(parts));
  }

  /**
   * Fills in the placeholders.
   *
   * @param variables by their index in the table it was parsed with; NaN where there is no number
   * @param texts the device's text attributes, for placeholders without a number
   */
  public String render(AlarmValues values, double[] variables, Map<String, String> texts) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof Part.Text fixed) {
        text.append(fixed.text());
      } else if (part instanceof Part.Variable variable) {
        double number = variables[variable.index()];
        String word = Double.isNaN(number) ? texts.get(variable.name()) : null;
        text.append(word == null ? number(number) : word);
      } else if (part instanceof Part.AlarmValue value) {
        text.append(
            switch (value.name()) {
              case "value" -> quantity(values.value(), values.ratio());
              case "threshold" -> quantity(values.threshold(), values.ratio());
              case "peak" -> quantity(values.peak(), values.ratio());
              default -> duration(values.durationMs());
            });
      }
    }
    return text.toString();
  }

  /** A value, as a percentage where it is a ratio. */
  public static String quantity(double value, boolean ratio) {
    return ratio && !Double.isNaN(value)
        ? String.format(Locale.ROOT, "%.0f %%", value * 100)
        : number(value);
  }

  /** At most three decimals, no trailing zeros; {@code ?} for an unknown number. */
  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "?";
    }
    String text = String.format(Locale.ROOT, "%.3f", value);
    return text.replaceFirst("0+$", "").replaceFirst("\\.$", "");
  }

  /** {@code 1.5 s}, {@code 30 s}, {@code 5 min}, {@code 2 h 10 min}. */
  public static String duration(long millis) {
    long seconds = Math.round(millis / 1000.0);
    if (millis < 10_000 && millis % 1000 != 0) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
    if (seconds < 120) {
      return seconds + " s";
    }
    long minutes = seconds / 60;
    if (minutes < 120) {
      return minutes + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
    }
    return minutes / 60 + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
  }
}
