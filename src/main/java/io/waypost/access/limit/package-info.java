/**
 * Request rates and daily quotas of tenants, and request rates of their keys.
 */
@NullMarked
@NamedInterface("limit")
package io.waypost.access.limit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
