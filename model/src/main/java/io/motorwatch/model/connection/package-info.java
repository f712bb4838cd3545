/** Where a broker or a database is and how to prove who we are; secrets never print themselves. */
@NullMarked
package io.motorwatch.model.connection;

import org.jspecify.annotations.NullMarked;
