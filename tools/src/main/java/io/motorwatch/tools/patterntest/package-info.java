/** Tests of pattern files: series of readings and the alarms they must raise. */
@NullMarked
package io.motorwatch.tools.patterntest;

import org.jspecify.annotations.NullMarked;
