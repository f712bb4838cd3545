/** A fleet of motors that behave as motors do, with the truth about every episode. */
@NullMarked
package io.motorwatch.tools.simulator;

import org.jspecify.annotations.NullMarked;
