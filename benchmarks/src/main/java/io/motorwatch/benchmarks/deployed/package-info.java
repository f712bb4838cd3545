/**
 * The whole job as it is deployed: a process of its own between a real broker and a real database.
 */
@NullMarked
package io.motorwatch.benchmarks.deployed;

import org.jspecify.annotations.NullMarked;
