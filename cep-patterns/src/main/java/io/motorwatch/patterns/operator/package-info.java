/** The Flink operator that evaluates patterns and raises alarms. */
@NullMarked
package io.motorwatch.patterns.operator;

import org.jspecify.annotations.NullMarked;
