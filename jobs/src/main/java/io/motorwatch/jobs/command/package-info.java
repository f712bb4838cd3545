/** The commands of the launcher. */
@NullMarked
package io.motorwatch.jobs.command;

import org.jspecify.annotations.NullMarked;
