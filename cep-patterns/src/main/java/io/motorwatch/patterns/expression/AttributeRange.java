package io.motorwatch.patterns.expression;

/** The values of an attribute that the expressions reading it can use. */
public enum AttributeRange {
  ANY(""),
  /** An expression divides by it. */
  NOT_ZERO("must not be 0"),
  /** It is a rating, which no motor has of 0 or less. */
  POSITIVE("must be greater than 0");

  private final String rule;

  AttributeRange(String rule) {
    this.rule = rule;
  }

  /** For a person; empty where any value is usable. */
  public String rule() {
    return rule;
  }

  public boolean accepts(double value) {
    return switch (this) {
      case ANY -> true;
      case NOT_ZERO -> value != 0;
      case POSITIVE -> value > 0;
    };
  }
}
