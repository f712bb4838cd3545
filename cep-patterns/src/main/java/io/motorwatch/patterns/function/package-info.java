/** Stateful functions of expressions: means, rates, a motor's heat, its starts. */
@NullMarked
package io.motorwatch.patterns.function;

import org.jspecify.annotations.NullMarked;
