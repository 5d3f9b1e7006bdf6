/**
 * User accounts: their roles, their creation, and the accounts that exist from the first
 * start.
 */
@NullMarked
package io.waypost.access.user;

import org.jspecify.annotations.NullMarked;
