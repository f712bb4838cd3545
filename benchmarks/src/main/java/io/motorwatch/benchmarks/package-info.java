/** Benchmarks: each result one JSON object on a line of standard output. */
@NullMarked
package io.motorwatch.benchmarks;

import org.jspecify.annotations.NullMarked;
