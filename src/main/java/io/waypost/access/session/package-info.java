/**
 * Browser sessions: they end on a change of the account, on request and at the end of
 * their lifetime.
 */
@NullMarked
@NamedInterface("administration")
package io.waypost.access.session;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
