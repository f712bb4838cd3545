/** Recorded readings, from files or from InfluxDB, as the job's operators take them. */
@NullMarked
package io.motorwatch.tools.history;

import org.jspecify.annotations.NullMarked;
