package io.waypost.access;

import java.util.Collections;
import java.util.Optional;
import java.util.Set;

import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Checks that two different persons decide. An API token counts as the user who created
 * it, also by way of another token. A token that belongs to no user, such as one of the
 * command line, cannot approve what needs a second person. An account counts as the user
 * who handed out its credential, until {@code waypost.access.second-person-delay} is
 * over. Accounts are compared by name: a new account with the name of a deleted one
 * counts as the same person, which is the strict side.
 */
@Component
public class SecondPerson {

	private static final String USER = "user:";

	private static final String TOKEN = "token:";

	private final JdbcClient jdbc;

	private final CredentialHandovers handovers;

	public SecondPerson(JdbcClient jdbc, CredentialHandovers handovers) {
		this.jdbc = jdbc;
		this.handovers = handovers;
	}

	/**
	 * Requires that an approver is another person than the author.
	 * @param tenant tenant of both
	 * @param approver the caller, as recorded in the ledger
	 * @param author who made what is to be approved, as recorded in the ledger
	 * @param subject what is to be approved and why it needs a second person, as the
	 * beginning of a sentence
	 * @throws InvalidRequestException a 409 that says whom to ask
	 */
	public void require(TenantId tenant, String approver, String author, String subject) {
		refusal(tenant, approver, author).ifPresent((refusal) -> {
			throw InvalidRequestException.conflict(
					"%s needs the approval of a second person: %s. %s".formatted(subject, refusal, remedy(tenant)));
		});
	}

	/**
	 * Checks whether an approver is another person than the author.
	 * @param tenant tenant of both
	 * @param approver the caller, as recorded in the ledger
	 * @param author who made what is to be approved, as recorded in the ledger
	 * @return why the approver is not a second person; empty if it is one
	 */
	public Optional<String> refusal(TenantId tenant, String approver, String author) {
		if (approver.equals(author)) {
			return Optional.of("'%s' is its author".formatted(approver));
		}
		if (approver.startsWith(TOKEN) && owner(tenant, approver).isEmpty()) {
			return Optional
				.of("'%s' belongs to no user; sign in, or use a token that a user created".formatted(approver));
		}
		Set<String> approvers = persons(tenant, approver);
		Set<String> authors = persons(tenant, author);
		if (!Collections.disjoint(approvers, authors)) {
			return Optional.of("'%s' and its author '%s' are the same person".formatted(approver, author));
		}
		if (!Collections.disjoint(this.handovers.withHolders(tenant, approvers),
				this.handovers.withHolders(tenant, authors))) {
			return Optional
				.of("the password or second factor of '%s' or of its author '%s' was handed out by the other, or of both by the same user, a short time ago (waypost.access.second-person-delay)"
					.formatted(approver, author));
		}
		return Optional.empty();
	}

	/**
	 * Finds the user whom an actor belongs to.
	 * @param tenant tenant of the actor
	 * @param actor a user or token, as recorded in the ledger
	 * @return name of the user; empty for a token without a user and for the system
	 */
	public Optional<String> owner(TenantId tenant, String actor) {
		if (actor.startsWith(USER)) {
			return Optional.of(actor.substring(USER.length()));
		}
		return actor.startsWith(TOKEN) ? this.jdbc
			.sql("SELECT owner FROM access.api_token WHERE tenant_id = ? AND name = ? AND owner IS NOT NULL")
			.params(tenant.value(), actor.substring(TOKEN.length()))
			.query(String.class)
			.optional() : Optional.empty();
	}

	/** All users who ever owned a token of this name; others are themselves. */
	private Set<String> persons(TenantId tenant, String actor) {
		if (!actor.startsWith(TOKEN)) {
			return Set.of(actor.startsWith(USER) ? actor.substring(USER.length()) : actor);
		}
		return this.jdbc.sql("SELECT user_name FROM access.token_owner WHERE tenant_id = ? AND token_name = ?")
			.params(tenant.value(), actor.substring(TOKEN.length()))
			.query(String.class)
			.set();
	}

	private String remedy(TenantId tenant) {
		int users = this.jdbc.sql("SELECT count(*) FROM access.app_user WHERE tenant_id = ?")
			.param(tenant.value())
			.query(Integer.class)
			.single();
		return (users > 1) ? "Ask another user who has the right to approve it"
				: "This tenant has one user only: an administrator invites a second one with POST /api/v1/users or under Settings";
	}

}
