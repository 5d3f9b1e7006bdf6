/**
 * Administration of tenants.
 */
@NullMarked
@NamedInterface("administration")
package io.waypost.access.tenant;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
