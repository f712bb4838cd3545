/** Publishing over MQTT in order, through broker restarts and cut connections. */
@NullMarked
package io.motorwatch.tools.publish;

import org.jspecify.annotations.NullMarked;
