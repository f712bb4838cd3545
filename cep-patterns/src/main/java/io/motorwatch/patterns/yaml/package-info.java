/** YAML with the place of everything in it, for messages that say where. */
@NullMarked
package io.motorwatch.patterns.yaml;

import org.jspecify.annotations.NullMarked;
