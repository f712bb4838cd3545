/** From MQTT messages to device events: topics, payloads, signatures. */
@NullMarked
package io.motorwatch.source.decode;

import org.jspecify.annotations.NullMarked;
