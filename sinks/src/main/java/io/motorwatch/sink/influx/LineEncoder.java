package io.motorwatch.sink.influx;

import org.jspecify.annotations.Nullable;

/**
 * Line protocol into one reused buffer. InfluxDB's own rules, which differ by place: measurements
 * escape comma and space; tags and field names also the equals sign; texts in quotes escape quote
 * and backslash only.
 */
final class LineEncoder implements PointWriter {

  /** Receives each line, without a line break at its end; must copy what it keeps. */
  interface Target {
    void line(Destination destination, byte[] buffer, int length);

    void beyondRetention();
  }

  private final Target target;
  private final LineBuffer line = new LineBuffer();
  private int fields;
  private Destination destination = new Destination("", TimePrecision.MILLISECONDS);
  private boolean open;

  LineEncoder(Target target) {
    this.target = target;
  }

  @Override
  public PointWriter begin(String tier, TimePrecision precision, String measurement) {
    if (open) {
      throw new IllegalStateException("the point before " + measurement + " was given no time");
    }
    if (measurement.isEmpty()) {
      throw new IllegalArgumentException("a measurement needs a name");
    }
    // Points of one serializer mostly go one way: the destination is kept rather than made again.
    if (!destination.tier().equals(tier) || destination.precision() != precision) {
      destination = new Destination(tier, precision);
    }
    open = true;
    line.clear();
    fields = 0;
    name(measurement, false);
    return this;
  }

  @Override
  public PointWriter tag(String name, String value) {
    requireOpen();
    if (fields > 0) {
      throw new IllegalStateException("tag " + name + " after a field");
    }
    if (!value.isEmpty()) {
      line.put(',');
      name(name, true);
      line.put('=');
      name(value, true);
    }
    return this;
  }

  @Override
  public PointWriter field(String name, double value) {
    return number(name, null, value);
  }

  @Override
  public PointWriter field(String name, String suffix, double value) {
    return number(name, suffix, value);
  }

  private PointWriter number(String name, @Nullable String suffix, double value) {
    requireOpen();
    if (Double.isFinite(value)) {
      fieldName(name, suffix);
      line.real(value);
    }
    return this;
  }

  @Override
  public PointWriter field(String name, long value) {
    fieldName(name, null);
    line.whole(value);
    line.put('i');
    return this;
  }

  @Override
  public PointWriter field(String name, String suffix, long value) {
    fieldName(name, suffix);
    line.whole(value);
    line.put('i');
    return this;
  }

  @Override
  public PointWriter field(String name, String value) {
    fieldName(name, null);
    line.put('"');
    for (int i = 0; i < value.length(); ) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        line.put('\\');
      }
      i += line.character(value, i);
    }
    line.put('"');
    return this;
  }

  @Override
  public void time(long value) {
    requireOpen();
    open = false;
    if (fields > 0) {
      line.put(' ');
      line.whole(value);
      target.line(destination, line.bytes(), line.length());
    }
  }

  @Override
  public void beyondRetention() {
    target.beyondRetention();
  }

  /**
   * Ends one value's points.
   *
   * @throws IllegalStateException if its last point was given no time
   */
  void endValue() {
    if (open) {
      abandon();
      throw new IllegalStateException("a serializer left its last point without a time");
    }
  }

  /** Forgets a point that was begun, after its serializer failed. */
  void abandon() {
    open = false;
  }

  private void requireOpen() {
    if (!open) {
      throw new IllegalStateException("begin() comes first");
    }
  }

  private void fieldName(String name, @Nullable String suffix) {
    requireOpen();
    line.put(fields++ == 0 ? ' ' : ',');
    int backslashes = fieldKey(name, 0);
    if (suffix != null) {
      backslashes = fieldKey(suffix, backslashes);
    }
    if (backslashes > 0) {
      line.put('_');
    }
    line.put('=');
  }

  /**
   * A field's name, or a part of it. InfluxDB 1.x and 2.x look for its end taking each backslash
   * together with what follows, but then keep a backslash that escapes nothing: so an odd number of
   * them before comma, space or equals sign cannot be expressed, and gets an underscore behind it.
   * Before a quote, which they unescape in names of fields alone, one more brings it through.
   *
   * @param backslashes how many the part before ended with
   * @return how many this one ends with
   */
  private int fieldKey(String text, int backslashes) {
    int before = backslashes;
    for (int i = 0; i < text.length(); ) {
      char c = text.charAt(i);
      if (c == '\\') {
        line.put('\\');
        before++;
        i++;
        continue;
      }
      if (before > 0) {
        separate(c, before);
      }
      before = 0;
      i += character(text, i, true);
    }
    return before;
  }

  private void separate(char next, int backslashes) {
    switch (next) {
      case ',', ' ', '=', '\n', '\r' -> {
        if (backslashes % 2 != 0) {
          line.put('_');
        }
      }
      case '"' -> line.put('\\');
      default -> {}
    }
  }

  /** A name that ends here: a backslash as its last character would escape what follows. */
  private void name(String text, boolean escapeEquals) {
    for (int i = 0; i < text.length(); ) {
      i += character(text, i, escapeEquals);
    }
    if (!text.isEmpty() && text.charAt(text.length() - 1) == '\\') {
      line.put('_');
    }
  }

  /** Writes the character at an index; returns how many of the text's it took. */
  private int character(String text, int i, boolean escapeEquals) {
    char c = text.charAt(i);
    switch (c) {
      case '\n', '\r' -> {
        line.put('\\');
        line.put(' ');
      }
      case ',', ' ' -> {
        line.put('\\');
        line.put(c);
      }
      case '=' -> {
        if (escapeEquals) {
          line.put('\\');
        }
        line.put(c);
      }
      default -> {
        return line.character(text, i);
      }
    }
    return 1;
  }
}
