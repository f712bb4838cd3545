/** YAML nodes with their line and column, for messages that say where a fault is. */
@NullMarked
package io.motorwatch.patterns.yaml;

import org.jspecify.annotations.NullMarked;
