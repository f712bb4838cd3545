package io.motorwatch.patterns.expression;

import io.motorwatch.patterns.function.StatefulFunctions;
import io.motorwatch.patterns.function.StatefulFunctions.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Translates errors of CEL's parser and type checker for the person who writes the file. */
final class CelErrorText {

  private static final Pattern OVERLOAD =
      Pattern.compile("found no matching overload for '(.*?)' applied to '\\((.*?)\\)'.*");
  private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '(.*?)'.*");
  private static final Pattern MISPLACED =
      Pattern.compile(
          ".*(?:mismatched input|extraneous input|no viable alternative at input) '(.*?)'(?: expecting.*)?");
  private static final Pattern MISSING = Pattern.compile(".*missing '(.*?)' at.*");
  private static final Pattern UNKNOWN_CHARACTER =
      Pattern.compile(".*token recognition error at: '(.*?)'?");

  private static final Map<String, Integer> FUNCTIONS =
      Map.of("abs", 1, "sqrt", 1, "min", 2, "max", 2, "unbalance", 3, "timeToTrip", 3);

  private CelErrorText() {}

  static String of(@Nullable String issue) {
    String line = issue == null ? "" : issue.lines().findFirst().orElse("");
    Matcher overload = OVERLOAD.matcher(line);
    if (overload.matches()) {
      return overload(overload.group(1), overload.group(2));
    }
    Matcher undeclared = UNDECLARED.matcher(line);
    if (undeclared.matches()) {
      return "there is no function " + undeclared.group(1) + "; there are " + functions();
    }
    Matcher missing = MISSING.matcher(line);
    if (missing.matches()) {
      return "'" + missing.group(1) + "' is missing here";
    }
    Matcher misplaced = MISPLACED.matcher(line);
    if (misplaced.matches()) {
      return misplaced.group(1).equals("<EOF>")
          ? "it ends too early"
          : "'" + misplaced.group(1) + "' cannot stand here";
    }
    Matcher character = UNKNOWN_CHARACTER.matcher(line);
    if (character.matches()) {
      return "'" + character.group(1) + "' means nothing here";
    }
    return "it is no expression: numbers, names, + - * /, comparisons, && || !, ?: and functions"
        + " make one";
  }

  private static String overload(String name, String types) {
    String given =
        types.isEmpty()
            ? "nothing"
            : Arrays.stream(types.split(", ", -1))
                .map(CelErrorText::type)
                .collect(Collectors.joining(" and "));
    List<Parameter> parameters = StatefulFunctions.all().get(name);
    if (parameters != null && parameters.contains(Parameter.NUMBERS)) {
      return name
          + " takes "
          + parameters.stream().map(Parameter::words).collect(Collectors.joining(" and "))
          + ", not "
          + given;
    }
    Integer arguments =
        parameters == null ? FUNCTIONS.get(name) : Integer.valueOf(parameters.size());
    if (arguments != null) {
      return name
          + " takes "
          + arguments
          + (arguments == 1 ? " number" : " numbers")
          + ", not "
          + given;
    }
    return "'" + name.replaceAll("[_@]+", " ").strip() + "' cannot be used with " + given;
  }

  /** The name of a CEL type in messages. */
  static String type(String cel) {
    return switch (cel) {
      case "double", "int", "uint" -> "a number";
      case "bool" -> "true or false";
      case "string" -> "a text";
      default -> cel.startsWith("list") ? "a list" : "another value";
    };
  }

  private static String functions() {
    TreeSet<String> names = new TreeSet<>(FUNCTIONS.keySet());
    names.addAll(StatefulFunctions.all().keySet());
    return String.join(", ", names);
  }
}
