/** The demo: everything private, driven by the simulator, checked against its ground truth. */
@NullMarked
package io.motorwatch.jobs.demo;

import org.jspecify.annotations.NullMarked;
