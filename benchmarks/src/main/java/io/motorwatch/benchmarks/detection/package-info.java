/** Detection quality on labelled public recordings. */
@NullMarked
package io.motorwatch.benchmarks.detection;

import org.jspecify.annotations.NullMarked;
