/** Recorded data as telemetry. */
@NullMarked
package io.motorwatch.jobs.replay;

import org.jspecify.annotations.NullMarked;
