package io.waypost.delivery.esp.sandbox;

import java.time.Clock;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.delivery.esp.OutboundEmail;
import io.waypost.delivery.esp.SubmitOutcome;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.TenantId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Stores which messages the sandbox accepted and their hashes, without the content:
 * durable, and as cheap as a provider can be. The view {@code
 * delivery.sandbox_acceptance} lists the messages.
 */
@Component
class SandboxAcceptLog {

	private static final Logger logger = LoggerFactory.getLogger(SandboxAcceptLog.class);

	private final JdbcClient jdbc;

	private final IdGenerator ids;

	private final Clock clock;

	SandboxAcceptLog(JdbcClient jdbc, IdGenerator ids, Clock clock) {
		this.jdbc = jdbc;
		this.ids = ids;
		this.clock = clock;
	}

	/** Writes one row, with one commit, for all messages of a tenant. */
	List<SubmitOutcome> accept(List<OutboundEmail> emails) {
		Map<TenantId, List<OutboundEmail>> byTenant = emails.stream()
			.collect(Collectors.groupingBy(OutboundEmail::tenant));
		Map<TenantId, Iterator<SubmitOutcome>> answers = new HashMap<>();
		byTenant.forEach((tenant, request) -> answers.put(tenant, accept(tenant, request).iterator()));
		return emails.stream().map((email) -> Objects.requireNonNull(answers.get(email.tenant())).next()).toList();
	}

	private List<SubmitOutcome> accept(TenantId tenant, List<OutboundEmail> emails) {
		UUID request = this.ids.next();
		try {
			insert(tenant, request, emails);
			return IntStream.rangeClosed(1, emails.size())
				.<SubmitOutcome>mapToObj(
						(position) -> new SubmitOutcome.Accepted("sandbox-" + request + "-" + position))
				.toList();
		}
		catch (CannotGetJdbcConnectionException failure) {
			logger.warn("The sandbox accepted none of {} messages: {}", emails.size(), failure.getMessage());
			return Collections.nCopies(emails.size(), new SubmitOutcome.Refused("esp.unavailable", null));
		}
		catch (DataAccessException failure) {
			// The commit may have taken effect although it failed: the outcome is unknown
			logger.warn("The outcome of {} messages in the sandbox is unknown: {}", emails.size(),
					failure.getMessage());
			return Collections.nCopies(emails.size(), new SubmitOutcome.Unknown("esp.no_answer"));
		}
	}

	private void insert(TenantId tenant, UUID request, List<OutboundEmail> emails) {
		this.jdbc.sql("""
				insert into delivery.sandbox_request (tenant_id, id, sends, hashes, accepted_at)
				values (:tenant, :request, :sends::uuid[], decode(:hashes, 'hex'), :now)
				""")
			.param("tenant", tenant.value())
			.param("request", request)
			.param("sends", SqlArray.uuids(emails, (email) -> email.send().value()))
			.param("hashes", emails.stream().map(OutboundEmail::contentHash).collect(Collectors.joining()))
			.param("now", SqlTime.of(this.clock.instant()))
			.update();
	}

}
