/** The content of a pattern file, parsed and checked. */
@NullMarked
package io.motorwatch.patterns.definition;

import org.jspecify.annotations.NullMarked;
