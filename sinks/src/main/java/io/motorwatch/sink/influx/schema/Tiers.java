package io.motorwatch.sink.influx.schema;

/** Names of the tiers that the schema itself fixes; the aggregating ones are configuration. */
public final class Tiers {

  /** Every reading as it came. */
  public static final String HOT = "hot";

  /** Alarms, status changes, rejected messages. */
  public static final String EVENTS = "events";

  private Tiers() {}
}
