/** A device's readings in the order of its own time. */
@NullMarked
package io.motorwatch.timeline;

import org.jspecify.annotations.NullMarked;
