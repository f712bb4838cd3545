package io.motorwatch.tools.patterntest;

import io.motorwatch.patterns.definition.PatternDefinition;
import io.motorwatch.patterns.definition.PatternSet;
import io.motorwatch.patterns.motor.MotorStateDetector;
import io.motorwatch.patterns.yaml.InvalidFileException;
import io.motorwatch.patterns.yaml.Problem;
import io.motorwatch.patterns.yaml.Suggestion;
import io.motorwatch.patterns.yaml.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * The patterns and fields that a test file names, with their places. A misspelt name would
 * otherwise pass: a pattern or field that does not exist raises nothing.
 */
final class NameReferences {

  private final List<Scalar> patterns = new ArrayList<>();
  private final List<Scalar> fields = new ArrayList<>();

  void pattern(Scalar name) {
    patterns.add(name);
  }

  void field(Scalar name) {
    fields.add(name);
  }

  /**
   * @throws InvalidFileException with every name that the pattern file does not have
   */
  void check(PatternSet set) throws InvalidFileException {
    List<Problem> problems = new ArrayList<>();
    List<String> ids = set.patterns().stream().map(PatternDefinition::id).toList();
    for (Scalar name : patterns) {
      check(name, ids, "unknown pattern '" + name.text() + "'", problems);
    }
    Collection<String> read = new TreeSet<>(set.variables().names());
    read.addAll(MotorStateDetector.NAMES);
    for (Scalar name : fields) {
      check(
          name,
          read,
          "neither an expression nor a message of the pattern file reads '" + name.text() + "'",
          problems);
    }
    if (!problems.isEmpty()) {
      throw new InvalidFileException(problems);
    }
  }

  private static void check(
      Scalar name, Collection<String> known, String fault, List<Problem> problems) {
    if (!known.contains(name.text())) {
      problems.add(new Problem(name.position(), fault + Suggestion.among(known, name.text())));
    }
  }
}
