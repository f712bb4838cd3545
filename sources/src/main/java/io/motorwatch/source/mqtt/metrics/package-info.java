/** The source's metrics and their names. */
@NullMarked
package io.motorwatch.source.mqtt.metrics;

import org.jspecify.annotations.NullMarked;
