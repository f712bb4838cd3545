/** A Flink source that acknowledges MQTT messages once a checkpoint holds their effect. */
@NullMarked
package io.motorwatch.source.mqtt;

import org.jspecify.annotations.NullMarked;
