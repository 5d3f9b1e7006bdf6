/**
 * Row-level security: passes the {@link io.waypost.database.TenantScope} of a thread to
 * PostgreSQL, grants the application's role its rights and checks both at the start.
 */
@NullMarked
package io.waypost.database.tenant;

import org.jspecify.annotations.NullMarked;
