package io.waypost.access.saml;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.waypost.database.JsonColumn;
import io.waypost.database.SqlTime;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Remembers assertions in the database, for all nodes: each works once. Until the browser
 * that sent the request fetches it, the statement about the user is stored too, because
 * the browser sends no session cookie with the provider's cross-site POST.
 */
@Component
class SamlAssertions {

	private static final Duration FETCH_WITHIN = Duration.ofMinutes(5);

	private final JdbcClient jdbc;

	private final JsonColumn json;

	private final Clock clock;

	SamlAssertions(JdbcClient jdbc, JsonColumn json, Clock clock) {
		this.jdbc = jdbc;
		this.json = json;
		this.clock = clock;
	}

	/**
	 * What an assertion states about a user.
	 *
	 * @param subject the NameID
	 * @param format format of the NameID
	 * @param sessionIndex session at the provider; null if the provider names none
	 * @param name wanted name of a new account
	 * @param groups groups of the user
	 */
	record Statement(String subject, String format, @Nullable String sessionIndex, String name, List<String> groups) {

		static Statement of(SamlProvider provider, SamlAssertion assertion) {
			@Nullable String attribute = provider.settings().nameAttribute();
			List<String> names = (attribute != null) ? assertion.values(attribute) : List.of();
			return new Statement(assertion.subject(), assertion.format(), assertion.sessionIndex(),
					names.isEmpty() ? assertion.subject() : names.getFirst(),
					assertion.values(provider.settings().groupsAttribute()));
		}

	}

	/**
	 * Records an assertion and deletes expired ones.
	 * @param provider who made it
	 * @param assertion the assertion
	 * @throws SamlRefusedException when the assertion was used before
	 */
	@Transactional
	void record(SamlProvider provider, SamlAssertion assertion) {
		String tenant = provider.settings().tenantId().value();
		Instant now = this.clock.instant();
		this.jdbc.sql("DELETE FROM access.saml_assertion WHERE tenant_id = ? AND expires_at < ?")
			.params(tenant, SqlTime.of(now))
			.update();
		Instant expiresAt = assertion.expiresAt().isAfter(now.plus(FETCH_WITHIN)) ? assertion.expiresAt()
				: now.plus(FETCH_WITHIN);
		@Nullable String statement = (assertion.inResponseTo() != null) ? this.json.write(Statement.of(provider, assertion))
				: null;
		int inserted = this.jdbc.sql("""
				INSERT INTO access.saml_assertion
					(tenant_id, issuer, assertion_id, provider, in_response_to, statement, received_at, expires_at)
				VALUES (?, ?, ?, ?, ?, ?::jsonb, ?, ?)
				ON CONFLICT DO NOTHING
				""")
			.params(tenant, provider.accountIssuer(), assertion.id(), provider.id(), assertion.inResponseTo(),
					statement, SqlTime.of(now), SqlTime.of(expiresAt))
			.update();
		if (inserted == 0) {
			throw new SamlRefusedException("The assertion '%s' was used before".formatted(assertion.id()));
		}
	}

	/**
	 * Takes the answer to a request. It can be taken once, within five minutes.
	 * @param provider who answered
	 * @param request id of the request
	 * @return what the provider states; empty if there is no answer
	 */
	@Transactional
	Optional<Statement> take(SamlProvider provider, String request) {
		return this.jdbc
			.sql("""
					WITH answer AS (
						SELECT tenant_id, issuer, assertion_id, statement FROM access.saml_assertion
						WHERE tenant_id = :tenant AND provider = :provider AND in_response_to = :request
							AND statement IS NOT NULL AND received_at > :since
						LIMIT 1
						FOR UPDATE)
					UPDATE access.saml_assertion a SET statement = NULL FROM answer
					WHERE a.tenant_id = answer.tenant_id AND a.issuer = answer.issuer AND a.assertion_id = answer.assertion_id
					RETURNING answer.statement
					""")
			.params(Map.of("tenant", provider.settings().tenantId().value(), "provider", provider.id(), "request",
					request, "since", SqlTime.of(this.clock.instant().minus(FETCH_WITHIN))))
			.query(String.class)
			.optional()
			.map((statement) -> this.json.read(statement, Statement.class));
	}

}
