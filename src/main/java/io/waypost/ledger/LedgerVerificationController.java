package io.waypost.ledger;

import io.waypost.kernel.TenantId;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lets a signed-in person or program check the ledger of their tenant. */
@RestController
@RequestMapping("/api/v1/ledger")
class LedgerVerificationController {

	private final Ledger ledger;

	LedgerVerificationController(Ledger ledger) {
		this.ledger = ledger;
	}

	/**
	 * Recomputes the whole chain.
	 * @param tenant of the caller; taken by expression, for this room is on the floor of
	 * the one that knows callers
	 */
	@GetMapping("/verify")
	LedgerVerification verify(@AuthenticationPrincipal(expression = "tenant") TenantId tenant) {
		return this.ledger.verify(tenant);
	}

}
