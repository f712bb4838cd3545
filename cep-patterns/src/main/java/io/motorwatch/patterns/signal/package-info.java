/** Signals and other conditions, evaluated reading by reading to edges. */
@NullMarked
package io.motorwatch.patterns.signal;

import org.jspecify.annotations.NullMarked;
