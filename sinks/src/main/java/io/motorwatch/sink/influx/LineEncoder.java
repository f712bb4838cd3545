package io.motorwatch.sink.influx;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Line protocol into one reused buffer. InfluxDB's own rules, which differ by place: measurements
 * escape comma and space; tags and field names also the equals sign; texts in quotes escape quote
 * and backslash only.
 */
final class LineEncoder implements PointWriter {

  /** Receives each line, without a line break at its end; must copy what it keeps. */
  interface Target {
    void line(Route route, byte[] buffer, int length);

    void beyondRetention();
  }

  private static final double MAX_SHORT_INTEGER = 1e15;

  private final Target target;
  private byte[] buffer = new byte[1024];
  private int length;
  private int fields;
  private Route route = new Route("", TimePrecision.MILLISECONDS);
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
    // Points of one serializer mostly go one way: the route is kept rather than made anew.
    if (!route.tier().equals(tier) || route.precision() != precision) {
      route = new Route(tier, precision);
    }
    open = true;
    length = 0;
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
      put(',');
      name(name, true);
      put('=');
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
      real(value);
    }
    return this;
  }

  @Override
  public PointWriter field(String name, long value) {
    fieldName(name, null);
    integer(value);
    return this;
  }

  @Override
  public PointWriter field(String name, String suffix, long value) {
    fieldName(name, suffix);
    integer(value);
    return this;
  }

  @Override
  public PointWriter field(String name, String value) {
    fieldName(name, null);
    put('"');
    for (int i = 0; i < value.length(); ) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        put('\\');
      }
      i += character(value, i);
    }
    put('"');
    return this;
  }

  @Override
  public void time(long value) {
    requireOpen();
    open = false;
    if (fields > 0) {
      put(' ');
      ascii(Long.toString(value));
      target.line(route, buffer, length);
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
    put(fields++ == 0 ? ' ' : ',');
    if (suffix == null) {
      name(name, true);
    } else {
      escaped(name, true);
      name(suffix, true);
    }
    put('=');
  }

  /** A name that ends here: a backslash as its last character would escape what follows. */
  private void name(String text, boolean escapeEquals) {
    escaped(text, escapeEquals);
    if (!text.isEmpty() && text.charAt(text.length() - 1) == '\\') {
      put('_');
    }
  }

  private void escaped(String text, boolean escapeEquals) {
    for (int i = 0; i < text.length(); ) {
      char c = text.charAt(i);
      switch (c) {
        case '\n', '\r' -> {
          put('\\');
          put(' ');
          i++;
        }
        case ',', ' ' -> {
          put('\\');
          put(c);
          i++;
        }
        case '=' -> {
          if (escapeEquals) {
            put('\\');
          }
          put(c);
          i++;
        }
        default -> i += character(text, i);
      }
    }
  }

  /** Always in float form, so that no reader takes it for an integer. */
  private void real(double value) {
    long whole = (long) value;
    if (whole == value && Math.abs(value) < MAX_SHORT_INTEGER && !isNegativeZero(value)) {
      ascii(Long.toString(whole));
      put('.');
      put('0');
    } else {
      ascii(Double.toString(value));
    }
  }

  private static boolean isNegativeZero(double value) {
    return Double.doubleToRawLongBits(value) == Long.MIN_VALUE;
  }

  private void integer(long value) {
    ascii(Long.toString(value));
    put('i');
  }

  private void ascii(String text) {
    for (int i = 0; i < text.length(); i++) {
      put(text.charAt(i));
    }
  }

  /** UTF-8 of the character at {@code i}; returns how many chars it took. */
  private int character(String text, int i) {
    char c = text.charAt(i);
    if (c < 0x80) {
      put(c);
      return 1;
    }
    if (c < 0x800) {
      put(0xC0 | (c >> 6));
      put(0x80 | (c & 0x3F));
      return 1;
    }
    if (!Character.isSurrogate(c)) {
      put(0xE0 | (c >> 12));
      put(0x80 | ((c >> 6) & 0x3F));
      put(0x80 | (c & 0x3F));
      return 1;
    }
    int point = text.codePointAt(i);
    if (Character.charCount(point) == 1) {
      // Half a pair has no UTF-8 form; the JDK's encoder writes the same.
      put('?');
      return 1;
    }
    put(0xF0 | (point >> 18));
    put(0x80 | ((point >> 12) & 0x3F));
    put(0x80 | ((point >> 6) & 0x3F));
    put(0x80 | (point & 0x3F));
    return 2;
  }

  private void put(int octet) {
    if (length == buffer.length) {
      buffer = Arrays.copyOf(buffer, length * 2);
    }
    buffer[length++] = (byte) octet;
  }
}
