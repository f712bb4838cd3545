/** What a pattern file says, checked. */
@NullMarked
package io.motorwatch.patterns.definition;

import org.jspecify.annotations.NullMarked;
