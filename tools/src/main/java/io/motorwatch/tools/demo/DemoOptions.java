package io.motorwatch.tools.demo;

import java.nio.file.Path;

/**
 * What a demo is to be.
 *
 * @param seconds wall clock that the simulator runs
 * @param speedup device time per wall clock
 * @param intervalMs device time between two readings of a motor, milliseconds
 * @param keep whether everything goes on running in the end
 * @param terminal whether the progress line can be written over
 */
record DemoOptions(
    int devices,
    int seconds,
    double speedup,
    long intervalMs,
    long seed,
    boolean keep,
    boolean terminal,
    Path patterns) {}
