package io.motorwatch.sink.influx;

/**
 * Takes points one after another, each as {@code begin}, tags, fields, {@code time}; {@code time}
 * ends the point. The calls chain. A point without any field is left out, as InfluxDB has no such
 * points.
 *
 * <p>Names and texts may hold any characters; what line protocol cannot express is replaced: a line
 * break in a name or tag becomes a space, a backslash at the end of one gets an underscore behind
 * it, and so does, in the name of a field, an odd number of them before comma, space or equals
 * sign. Tags without text are left out.
 *
 * <p>Belongs to the thread that called {@link PointSerializer#serialize}, and only until that call
 * returns.
 */
public interface PointWriter {

  /**
   * Begins a point.
   *
   * @param tier retention policy (1.x) or suffix of the bucket's name (2.x, 3)
   * @param precision the unit of the value later given to {@link #time}
   * @param measurement its name, not empty
   * @throws IllegalStateException if the point before was not ended
   */
  PointWriter begin(String tier, TimePrecision precision, String measurement);

  /** Begins a point whose time is given in epoch milliseconds. */
  default PointWriter begin(String tier, String measurement) {
    return begin(tier, TimePrecision.MILLISECONDS, measurement);
  }

  /**
   * Adds a tag. Give tags in one fixed order: it keeps InfluxDB from sorting them.
   *
   * @throws IllegalStateException after the first field
   */
  PointWriter tag(String name, String value);

  /** Adds a float; NaN and infinities, which InfluxDB refuses, are left out. */
  PointWriter field(String name, double value);

  /** Adds a float whose name is in two parts, without joining them first. */
  PointWriter field(String name, String suffix, double value);

  /** Adds an integer. A field that was ever written as float refuses integers, and vice versa. */
  PointWriter field(String name, long value);

  /** Adds an integer whose name is in two parts. */
  PointWriter field(String name, String suffix, long value);

  /** Adds a text. */
  PointWriter field(String name, String value);

  /** Ends the point with its time, in the unit given to {@code begin}. */
  void time(long value);

  /**
   * Counts a point the serializer leaves out because its tier no longer keeps that time. Sending it
   * would be harmless, but each such request has the server answer with an error.
   */
  void beyondRetention();
}
