/** A session's journal on disk: what was received and acknowledged, to be replayed. */
@NullMarked
package io.motorwatch.source.mqtt.journal;

import org.jspecify.annotations.NullMarked;
