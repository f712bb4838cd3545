package io.motorwatch.patterns.yaml;

/** One fault of a file, for the person who wrote it. */
public record Problem(Position position, String message) implements Comparable<Problem> {
  @Override
  public int compareTo(Problem other) {
    int byLine = Integer.compare(position.line(), other.position.line());
    return byLine != 0 ? byLine : Integer.compare(position.column(), other.position.column());
  }

  @Override
  public String toString() {
    return position + ": " + message;
  }
}
