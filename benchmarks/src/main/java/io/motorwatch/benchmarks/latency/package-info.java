/** How long the operators take to report an alarm. */
@NullMarked
package io.motorwatch.benchmarks.latency;

import org.jspecify.annotations.NullMarked;
