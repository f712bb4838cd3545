/**
 * Contract §6 once more, slowly: judges a device's whole history from the definitions, remembers
 * everything and optimizes nothing.
 */
@NullMarked
package io.motorwatch.patterns.oracle;

import org.jspecify.annotations.NullMarked;
