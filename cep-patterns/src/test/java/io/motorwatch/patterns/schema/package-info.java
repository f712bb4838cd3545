/** The editors' schema of pattern files against the parser. */
@NullMarked
package io.motorwatch.patterns.schema;

import org.jspecify.annotations.NullMarked;
