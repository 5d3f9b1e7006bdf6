package io.waypost.journey.engine.deploy;

import java.util.Map;

import io.swagger.v3.oas.annotations.Operation;
import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.Requires;
import io.waypost.kernel.Page;
import org.camunda.bpm.engine.RepositoryService;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Approval of decision tables that gate sends, by a second user. */
@RestController
@RequestMapping("/api/v1/decision-tables/approvals")
@Requires(AccessRight.APPROVE_TABLES)
class TableApprovalController {

	private final TableApprovals approvals;

	private final RepositoryService repository;

	TableApprovalController(TableApprovals approvals, RepositoryService repository) {
		this.approvals = approvals;
		this.repository = repository;
	}

	@GetMapping
	@Operation(summary = "List decision tables that wait for approval")
	Page<TableApprovals.TableApproval> pending(@AuthenticationPrincipal Caller caller) {
		return new Page<>(this.approvals.pending(caller.tenant()), null);
	}

	@PostMapping("/{digest}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Transactional
	@Operation(summary = "Approve and activate a decision table",
			description = "The table is deployed at once. The user who deployed it first cannot approve it.")
	void approve(@PathVariable String digest, @AuthenticationPrincipal Caller caller) {
		Map.Entry<String, String> table = this.approvals.approve(caller, digest);
		this.repository.createDeployment()
			.name("approved by " + caller.name())
			.tenantId(caller.tenant().value())
			.addString(table.getKey(), table.getValue())
			.deploy();
	}

}
