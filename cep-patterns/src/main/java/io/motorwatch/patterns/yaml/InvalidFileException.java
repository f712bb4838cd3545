package io.motorwatch.patterns.yaml;

import java.util.List;
import java.util.stream.Collectors;

/** A file that is rejected, with every fault found in it. */
public final class InvalidFileException extends Exception {

  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // An immutable list of records; not sent anywhere.
  private final List<Problem> problems;

  public InvalidFileException(List<Problem> problems) {
    super(problems.stream().sorted().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = problems.stream().sorted().toList();
  }

  public List<Problem> problems() {
    return problems;
  }
}
