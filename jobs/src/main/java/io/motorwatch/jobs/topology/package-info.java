/** How the stages are put together. */
@NullMarked
package io.motorwatch.jobs.topology;

import org.jspecify.annotations.NullMarked;
