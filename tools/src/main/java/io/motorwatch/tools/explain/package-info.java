/** Why a pattern raised an alarm, or did not, on history. */
@NullMarked
package io.motorwatch.tools.explain;

import org.jspecify.annotations.NullMarked;
