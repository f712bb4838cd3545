/**
 * An InfluxDB sink for Flink: at least once, exactly once in effect, since writing a point again
 * replaces it. Start at {@link io.motorwatch.sink.influx.InfluxSink}.
 */
@NullMarked
package io.motorwatch.sink.influx;

import org.jspecify.annotations.NullMarked;
