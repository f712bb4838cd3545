/** The mains: what Flink runs. */
@NullMarked
package io.motorwatch.jobs;

import org.jspecify.annotations.NullMarked;
