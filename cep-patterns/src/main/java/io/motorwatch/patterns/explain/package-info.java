/** Why a pattern raised an alarm, or did not: what was seen of its evaluation. */
@NullMarked
package io.motorwatch.patterns.explain;

import org.jspecify.annotations.NullMarked;
