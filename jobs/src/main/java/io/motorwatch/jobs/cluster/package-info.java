/** Running the job: embedded in this process, or on a cluster. */
@NullMarked
package io.motorwatch.jobs.cluster;

import org.jspecify.annotations.NullMarked;
