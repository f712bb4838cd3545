/** The Flink operator that judges devices by patterns. */
@NullMarked
package io.motorwatch.patterns.operator;

import org.jspecify.annotations.NullMarked;
