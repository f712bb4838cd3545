/** What more devices cost: time, memory, checkpoints. */
@NullMarked
package io.motorwatch.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
