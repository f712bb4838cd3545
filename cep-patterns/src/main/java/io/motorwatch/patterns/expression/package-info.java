/** CEL expressions, compiled to primitive arithmetic. */
@NullMarked
package io.motorwatch.patterns.expression;

import org.jspecify.annotations.NullMarked;
