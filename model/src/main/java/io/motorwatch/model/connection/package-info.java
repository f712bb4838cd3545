/** How to log in at a server, TLS from PEM files, and how long to wait before trying again. */
@NullMarked
package io.motorwatch.model.connection;

import org.jspecify.annotations.NullMarked;
