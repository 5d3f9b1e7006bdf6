/**
 * User accounts: their roles, their creation, and the accounts that exist from the first
 * start.
 */
@NullMarked
@NamedInterface("administration")
package io.waypost.access.user;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
