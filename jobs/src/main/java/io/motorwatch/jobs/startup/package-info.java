/**
 * What happens before a job starts, wherever it is started: broker and database are awaited, and
 * what is missing in the database is created.
 */
@NullMarked
package io.motorwatch.jobs.startup;

import org.jspecify.annotations.NullMarked;
