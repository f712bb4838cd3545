/** Downsampling by device time. */
@NullMarked
package io.motorwatch.tiers;

import org.jspecify.annotations.NullMarked;
