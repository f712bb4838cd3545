/** Sequences of steps, compiled to and run by Flink CEP. */
@NullMarked
package io.motorwatch.patterns.sequence;

import org.jspecify.annotations.NullMarked;
