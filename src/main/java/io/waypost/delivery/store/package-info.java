/** Mapping of rows and ledger entries, shared by the module's repositories. */
@NullMarked
package io.waypost.delivery.store;

import org.jspecify.annotations.NullMarked;
