/** Hands the fixed broker sessions to the readers. */
@NullMarked
package io.motorwatch.source.mqtt.enumerator;

import org.jspecify.annotations.NullMarked;
