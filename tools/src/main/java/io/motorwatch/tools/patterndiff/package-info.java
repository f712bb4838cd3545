/** What a changed pattern file means. */
@NullMarked
package io.motorwatch.tools.patterndiff;

import org.jspecify.annotations.NullMarked;
