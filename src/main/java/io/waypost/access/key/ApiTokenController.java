package io.waypost.access.key;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.Requires;
import io.waypost.access.Role;
import io.waypost.access.user.RoleMapper;
import io.waypost.kernel.Cursor;
import io.waypost.kernel.Page;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/tokens")
@Tag(name = "API tokens", description = "Credentials of programs that call the management API")
@Requires(AccessRight.MANAGE_TOKENS)
class ApiTokenController {

	private final ApiTokens tokens;

	ApiTokenController(ApiTokens tokens) {
		this.tokens = tokens;
	}

	/**
	 * A new token.
	 *
	 * @param name unique within the tenant
	 * @param roles for example {@code ["MARKETER"]}
	 * @param scopes default: READ and WRITE
	 * @param expiresAt ISO 8601 UTC; default: never
	 */
	record TokenRequest(@Nullable String name, @Nullable List<@Nullable String> roles, @Nullable Set<TokenScope> scopes,
			@Nullable Instant expiresAt) {

	}

	/**
	 * The new token; it is shown once.
	 *
	 * @param name name of the token
	 * @param token the secret for {@code Authorization: Bearer}
	 */
	record TokenResponse(String name, String token) {

	}

	@GetMapping
	@Operation(summary = "List the API tokens of your tenant, without their secrets")
	Page<ApiTokens.ApiToken> list(@AuthenticationPrincipal Caller caller, @RequestParam(defaultValue = "100") int limit,
			@RequestParam(required = false) @Nullable String cursor) {
		int size = Cursor.limit(limit);
		String after = Cursor.decode(cursor, 1).map((last) -> last.text(0)).orElse("");
		return Cursor.page(this.tokens.list(caller.tenant(), after, size + 1), size, (last) -> Cursor.of(last.name()));
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Create an API token; its secret is shown once")
	TokenResponse create(@AuthenticationPrincipal Caller caller, @RequestBody TokenRequest body) {
		String name = AccountNames.require(body.name());
		Set<Role> roles = RoleMapper.parse(body.roles(), "/roles");
		if (roles.contains(Role.PLATFORM_ADMIN)) {
			AccessRight.MANAGE_TENANTS.require(caller);
		}
		Set<TokenScope> scopes = (body.scopes() != null) ? body.scopes()
				: EnumSet.of(TokenScope.READ, TokenScope.WRITE);
		String secret = this.tokens.create(new Caller(caller.tenant(), name, roles), scopes, body.expiresAt(),
				caller.actor());
		return new TokenResponse(name, secret);
	}

	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Delete an API token; it stops working within five seconds")
	void delete(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
		this.tokens.delete(caller, id);
	}

}
