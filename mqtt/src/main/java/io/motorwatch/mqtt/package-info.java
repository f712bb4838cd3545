/**
 * What the MQTT source and everything that publishes share: the broker's address and TLS, the
 * choice of the protocol's version, topic filters, and what a failed connection means for a person.
 */
@NullMarked
package io.motorwatch.mqtt;

import org.jspecify.annotations.NullMarked;
