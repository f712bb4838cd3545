/** Connections to a broker: transport, TLS, log-in, and what a refusal means. */
@NullMarked
package io.motorwatch.source.mqtt.client;

import org.jspecify.annotations.NullMarked;
