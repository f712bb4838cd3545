package io.motorwatch.sink.influx;

/** The generations of InfluxDB. */
public enum InfluxApi {
  /** Asks the server at the first request. */
  AUTO,
  /** 1.x: databases and retention policies. */
  V1,
  /** 2.x: organisations, buckets and tokens. */
  V2,
  /** 3: databases; written by the same path as 2.x. */
  V3
}
