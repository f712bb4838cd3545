/** Real servers as private child processes, with their data in a folder of the caller's. */
@NullMarked
package io.motorwatch.local;

import org.jspecify.annotations.NullMarked;
