package io.motorwatch.benchmarks;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A line of results: a JSON object, its members in the order given. */
public final class Result {

  private final Map<String, String> members = new LinkedHashMap<>();

  /** Begins one. */
  public Result(String bench, String variant) {
    members.put("bench", '"' + bench + '"');
    members.put("variant", '"' + variant + '"');
  }

  /** Begins one of a set of data. */
  public Result(String bench, String set, String variant) {
    members.put("bench", '"' + bench + '"');
    members.put("set", '"' + set + '"');
    members.put("variant", '"' + variant + '"');
  }

  public Result with(String name, long value) {
    members.put(name, Long.toString(value));
    return this;
  }

  /** With three decimals; a number that is none, or infinite, is left out: JSON knows neither. */
  public Result with(String name, double value) {
    if (Double.isFinite(value)) {
      members.put(name, String.format(Locale.ROOT, "%.3f", value));
    }
    return this;
  }

  /** A word; nothing in it is escaped. */
  public Result withText(String name, String word) {
    members.put(name, '"' + word + '"');
    return this;
  }

  @Override
  public String toString() {
    StringBuilder json = new StringBuilder("{");
    members.forEach(
        (name, value) ->
            json.append(json.length() > 1 ? "," : "")
                .append('"')
                .append(name)
                .append("\":")
                .append(value));
    return json.append('}').toString();
  }
}
