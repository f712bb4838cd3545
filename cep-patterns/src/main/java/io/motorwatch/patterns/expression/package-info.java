/** CEL expressions, compiled to closures over primitive numbers. */
@NullMarked
package io.motorwatch.patterns.expression;

import org.jspecify.annotations.NullMarked;
