package io.motorwatch.sink.influx;

import java.util.concurrent.TimeUnit;

/** The unit of a point's time stamp; part of its destination, since a request has one unit. */
public enum TimePrecision {
  MILLISECONDS("ms", TimeUnit.MILLISECONDS),
  NANOSECONDS("ns", TimeUnit.NANOSECONDS);

  private final String code;
  private final TimeUnit unit;

  TimePrecision(String code, TimeUnit unit) {
    this.code = code;
    this.unit = unit;
  }

  /** As InfluxDB writes it in a query: {@code ms} or {@code ns}. */
  public String code() {
    return code;
  }

  /** The same as a Java unit. */
  public TimeUnit unit() {
    return unit;
  }
}
