/** How well the alarms serve those who answer them: {@code patterns health}. */
@NullMarked
package io.motorwatch.tools.health;

import org.jspecify.annotations.NullMarked;
