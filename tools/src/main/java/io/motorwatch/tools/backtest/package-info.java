/** Patterns on history: what they would have raised, against other patterns or known episodes. */
@NullMarked
package io.motorwatch.tools.backtest;

import org.jspecify.annotations.NullMarked;
