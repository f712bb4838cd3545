package io.motorwatch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** A benchmark run as {@code ./motorwatch bench} runs it, with sizes that take seconds. */
final class Measurement {

  private static final Pattern MEMBER =
      Pattern.compile("\"[A-Za-z0-9.]+\":(\"[^\"]*\"|-?[0-9]+(\\.[0-9]+)?)");

  private final List<String> lines;

  private Measurement(List<String> lines) {
    this.lines = lines;
  }

  /** Runs it; it must succeed, and print nothing but flat JSON objects of words and numbers. */
  static Measurement of(String... arguments) {
    System.setProperty("motorwatch.home", "..");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    assertThat(Bench.run(out, arguments)).isZero();
    List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines)
        .isNotEmpty()
        .allSatisfy(
            line -> {
              assertThat(line)
                  .startsWith("{\"bench\":\"" + arguments[0] + "\",\"")
                  .contains("\"variant\":\"");
              String inner = line.substring(1, line.length() - 1);
              assertThat(List.of(inner.split(",", -1))).allMatch(MEMBER.asMatchPredicate());
            });
    return new Measurement(lines);
  }

  List<String> lines() {
    return lines;
  }

  List<String> variants() {
    return variantsWith("variant");
  }

  /** Of the lines that have a member. */
  List<String> variantsWith(String member) {
    return lines.stream()
        .filter(line -> line.contains("\"" + member + "\":"))
        .map(line -> line.replaceAll(".*\"variant\":\"([^\"]*)\".*", "$1"))
        .toList();
  }

  /** The number of a member in the first line of a variant. */
  double number(String variant, String member) {
    String line =
        lines.stream()
            .filter(each -> each.contains("\"variant\":\"" + variant + "\""))
            .findFirst()
            .orElseThrow();
    assertThat(line).contains("\"" + member + "\":");
    return Double.parseDouble(line.replaceAll(".*\"" + member + "\":([-0-9.]+).*", "$1"));
  }
}
