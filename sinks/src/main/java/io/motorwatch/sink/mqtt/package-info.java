/** An MQTT sink for Flink, and the alerts motorwatch publishes with it. */
@NullMarked
package io.motorwatch.sink.mqtt;

import org.jspecify.annotations.NullMarked;
