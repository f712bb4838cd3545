/** Tests of pattern files: series of readings and the alarms they must raise. */
@NullMarked
package io.motorwatch.patterns.patterntest;

import org.jspecify.annotations.NullMarked;
