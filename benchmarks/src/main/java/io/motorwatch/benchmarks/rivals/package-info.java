/** Other ways to find the same alarms, measured beside ours. */
@NullMarked
package io.motorwatch.benchmarks.rivals;

import org.jspecify.annotations.NullMarked;
