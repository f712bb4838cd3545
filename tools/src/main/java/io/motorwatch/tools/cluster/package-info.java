/** Running the job: embedded in this process, or on a cluster. */
@NullMarked
package io.motorwatch.tools.cluster;

import org.jspecify.annotations.NullMarked;
