/** The launcher's commands and what they need; none of it is in motorwatch.jar. */
@NullMarked
package io.motorwatch.tools;

import org.jspecify.annotations.NullMarked;
