/** Holds the broker sessions, emits their messages, acknowledges them on checkpoint. */
@NullMarked
package io.motorwatch.source.mqtt.reader;

import org.jspecify.annotations.NullMarked;
