/** Levels with hysteresis, followed reading by reading. */
@NullMarked
package io.motorwatch.patterns.signal;

import org.jspecify.annotations.NullMarked;
