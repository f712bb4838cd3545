/** The state of a motor: stopped, starting or running. */
@NullMarked
package io.motorwatch.patterns.motor;

import org.jspecify.annotations.NullMarked;
