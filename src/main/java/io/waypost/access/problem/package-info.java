/**
 * Problem details (RFC 9457) for requests that fail before a controller handles them.
 */
@NullMarked
package io.waypost.access.problem;

import org.jspecify.annotations.NullMarked;
