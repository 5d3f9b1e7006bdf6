package io.waypost.access.audit;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.Requires;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerVerification;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Verifies the ledger of the caller's tenant. */
@RestController
@RequestMapping("/api/v1/ledger")
@Requires(AccessRight.READ_AUDIT_LOG)
class LedgerVerificationController {

	private final Ledger ledger;

	LedgerVerificationController(Ledger ledger) {
		this.ledger = ledger;
	}

	@GetMapping("/verify")
	LedgerVerification verify(@AuthenticationPrincipal Caller caller) {
		return this.ledger.verify(caller.tenant());
	}

}
