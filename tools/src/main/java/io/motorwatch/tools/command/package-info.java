/** The commands of the launcher. */
@NullMarked
package io.motorwatch.tools.command;

import org.jspecify.annotations.NullMarked;
