/** What the sinks share. */
@NullMarked
package io.motorwatch.sink;

import org.jspecify.annotations.NullMarked;
