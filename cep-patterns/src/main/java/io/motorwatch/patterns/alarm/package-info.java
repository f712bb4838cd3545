/** The life of an alarm. */
@NullMarked
package io.motorwatch.patterns.alarm;

import org.jspecify.annotations.NullMarked;
