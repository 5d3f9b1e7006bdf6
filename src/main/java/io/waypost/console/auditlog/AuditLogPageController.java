package io.waypost.console.auditlog;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.Requires;
import io.waypost.ledger.Ledger;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Shows the result of verifying the audit log. */
@Controller
@Requires(AccessRight.READ_AUDIT_LOG)
class AuditLogPageController {

	private final Ledger ledger;

	AuditLogPageController(Ledger ledger) {
		this.ledger = ledger;
	}

	@GetMapping("/audit-log")
	String page(@AuthenticationPrincipal Caller caller, Model model) {
		model.addAttribute("verification", this.ledger.verify(caller.tenant()));
		return "console/audit-log";
	}

}
