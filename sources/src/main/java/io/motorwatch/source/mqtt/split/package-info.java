/** A broker session as Flink split. */
@NullMarked
package io.motorwatch.source.mqtt.split;

import org.jspecify.annotations.NullMarked;
