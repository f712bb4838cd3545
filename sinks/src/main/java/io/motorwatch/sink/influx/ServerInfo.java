package io.motorwatch.sink.influx;

/**
 * What answers at an address.
 *
 * @param api its generation, never {@link InfluxApi#AUTO}
 * @param version as it reports it
 */
public record ServerInfo(InfluxApi api, String version) {}
