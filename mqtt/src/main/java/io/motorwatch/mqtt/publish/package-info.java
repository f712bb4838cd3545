/**
 * Publishing by HiveMQ's client. The library is an optional dependency of the module: whoever
 * publishes declares it, the source does without.
 */
@NullMarked
package io.motorwatch.mqtt.publish;

import org.jspecify.annotations.NullMarked;
