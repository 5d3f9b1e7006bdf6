/**
 * The audit log over HTTP. Here and not in the module {@code ledger}, which knows no
 * callers.
 */
@NullMarked
package io.waypost.access.audit;

import org.jspecify.annotations.NullMarked;
