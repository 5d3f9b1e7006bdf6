/**
 * Templates, brand kits, the product catalogue and e-mail rendering. Layer 4.
 */
@NullMarked
@ApplicationModule(
		allowedDependencies = { "database", "kernel", "ledger", "access", "policy", "identity", "ingestion" })
package io.waypost.content;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
