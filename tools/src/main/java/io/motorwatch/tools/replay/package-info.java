/** Recorded data as telemetry. */
@NullMarked
package io.motorwatch.tools.replay;

import org.jspecify.annotations.NullMarked;
