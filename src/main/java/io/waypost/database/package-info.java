/**
 * The database the rooms stand on: starts and stops the embedded PostgreSQL when no other
 * is configured, and sees to the order of migrations, engine and pool. Floor 0: no room
 * imports it, it imports none.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.waypost.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
