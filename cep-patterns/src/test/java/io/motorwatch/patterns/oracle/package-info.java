/**
 * Contract §6 a second time, slowly: evaluates a device's whole history from the definitions, keeps
 * everything and optimizes nothing.
 */
@NullMarked
package io.motorwatch.patterns.oracle;

import org.jspecify.annotations.NullMarked;
