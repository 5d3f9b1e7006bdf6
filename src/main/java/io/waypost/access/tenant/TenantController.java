package io.waypost.access.tenant;

import java.util.List;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.Requires;
import io.waypost.database.TenantScope;
import io.waypost.kernel.Page;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/tenants")
@Tag(name = "Tenants", description = "Organisations whose data is separate from each other")
@Requires(AccessRight.MANAGE_TENANTS)
class TenantController {

	private final Tenants tenants;

	TenantController(Tenants tenants) {
		this.tenants = tenants;
	}

	record TenantRequest(@Nullable String id) {

	}

	record TenantResponse(String id) {

	}

	@GetMapping
	@Operation(summary = "List all tenants")
	Page<Tenants.Tenant> list(@AuthenticationPrincipal Caller caller) {
		List<Tenants.Tenant> tenants = this.tenants.list();
		return new Page<>(tenants, null);
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Create a tenant")
	TenantResponse create(@AuthenticationPrincipal Caller caller, @RequestBody TenantRequest body) {
		TenantId id = id((body.id() != null) ? body.id() : "");
		TenantScope.run(id, () -> this.tenants.create(id, caller.actor()));
		return new TenantResponse(id.value());
	}

	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Delete a tenant that has no accounts; its data and ledger stay")
	void delete(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
		TenantId tenant = id(id);
		TenantScope.run(tenant, () -> this.tenants.delete(tenant, caller.actor()));
	}

	private static TenantId id(String text) {
		try {
			return new TenantId(text);
		}
		catch (IllegalArgumentException ex) {
			throw InvalidRequestException.badRequest("/id", String.valueOf(ex.getMessage()));
		}
	}

}
