/** Downsampling by device time. */
@NullMarked
package io.motorwatch.jobs.tiers;

import org.jspecify.annotations.NullMarked;
