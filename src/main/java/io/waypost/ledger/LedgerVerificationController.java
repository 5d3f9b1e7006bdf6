package io.waypost.ledger;

import io.waypost.kernel.TenantId;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Verifies the ledger of the caller's tenant. */
@RestController
@RequestMapping("/api/v1/ledger")
class LedgerVerificationController {

	private final Ledger ledger;

	LedgerVerificationController(Ledger ledger) {
		this.ledger = ledger;
	}

	/**
	 * Verifies the whole chain.
	 * @param tenant the caller's tenant. Taken by expression, because this module is on
	 * the same layer as {@code access}, which defines callers.
	 */
	@GetMapping("/verify")
	LedgerVerification verify(@AuthenticationPrincipal(expression = "tenant") TenantId tenant) {
		return this.ledger.verify(tenant);
	}

}
