package io.motorwatch.benchmarks.jmh;

import io.motorwatch.sink.influx.EncodedBytes;
import io.motorwatch.sink.influx.schema.TelemetryPoints;
import java.time.Clock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A reading of six fields to a line of InfluxDB's protocol. */
@State(Scope.Thread)
public class LineProtocolJmh {

  private final Readings readings = new Readings();
  private final TelemetryPoints points = new TelemetryPoints(null, Clock.systemUTC());
  private final EncodedBytes encoded = new EncodedBytes();

  /** One reading. */
  @Benchmark
  public long lineProtocol() {
    points.serialize(readings.next(), encoded.writer());
    return encoded.count();
  }
}
