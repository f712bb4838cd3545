/** A private HiveMQ Community Edition broker for tests, as a process of its own. */
@NullMarked
package io.motorwatch.local.hivemq;

import org.jspecify.annotations.NullMarked;
