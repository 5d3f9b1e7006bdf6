/**
 * Browser sessions: they end on a change of the account, on request and at the end of
 * their lifetime.
 */
@NullMarked
package io.waypost.access.session;

import org.jspecify.annotations.NullMarked;
