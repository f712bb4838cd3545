/** Tests of what is built in the end, motorwatch.jar, on a Flink cluster of separate processes. */
@NullMarked
package io.motorwatch.tools.packaged;

import org.jspecify.annotations.NullMarked;
