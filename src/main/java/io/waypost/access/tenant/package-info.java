/**
 * Administration of tenants.
 */
@NullMarked
package io.waypost.access.tenant;

import org.jspecify.annotations.NullMarked;
