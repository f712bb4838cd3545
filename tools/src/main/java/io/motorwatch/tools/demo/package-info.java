/** The demo: everything private, driven by the simulator, checked against its ground truth. */
@NullMarked
package io.motorwatch.tools.demo;

import org.jspecify.annotations.NullMarked;
