/** Patterns on history: what they would have raised, against other patterns or known episodes. */
@NullMarked
package io.motorwatch.jobs.backtest;

import org.jspecify.annotations.NullMarked;
