/**
 * {@code Idempotency-Key} of the management API: repeated POST requests are carried out
 * once and answered with the stored response.
 */
@NullMarked
package io.waypost.access.idempotency;

import org.jspecify.annotations.NullMarked;
