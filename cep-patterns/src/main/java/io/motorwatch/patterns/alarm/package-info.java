/** The alarms of a device, as state holds them. */
@NullMarked
package io.motorwatch.patterns.alarm;

import org.jspecify.annotations.NullMarked;
