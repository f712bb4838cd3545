/** The hot paths alone, on the Java Microbenchmark Harness. */
@NullMarked
package io.motorwatch.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
