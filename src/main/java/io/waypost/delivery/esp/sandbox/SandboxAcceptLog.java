package io.waypost.delivery.esp.sandbox;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

import io.waypost.delivery.esp.OutboundEmail;
import io.waypost.delivery.esp.SubmitOutcome;
import io.waypost.kernel.IdGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What a sandbox accepted and which words, without the words: durable, and as cheap as a
 * provider can be.
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

	/** One statement, and with it one commit, for all. */
	List<SubmitOutcome> keep(List<OutboundEmail> emails) {
		List<String> providerIds = emails.stream().map((email) -> "sandbox-" + this.ids.next()).toList();
		try {
			insert(emails, providerIds);
			return providerIds.stream().<SubmitOutcome>map(SubmitOutcome.Accepted::new).toList();
		}
		catch (CannotGetJdbcConnectionException fault) {
			logger.warn("The sandbox took none of {} messages: {}", emails.size(), fault.getMessage());
			return Collections.nCopies(emails.size(), new SubmitOutcome.Refused("esp.away", null));
		}
		catch (DataAccessException fault) {
			// The commit itself may have failed after it took effect: nobody knows
			logger.warn("The sandbox could not confirm {} messages: {}", emails.size(), fault.getMessage());
			return Collections.nCopies(emails.size(), new SubmitOutcome.Unknown("esp.no_answer"));
		}
	}

	private void insert(List<OutboundEmail> emails, List<String> providerIds) {
		this.jdbc.sql("""
				insert into delivery.sandbox_acceptance (tenant_id, send_id, provider_id, content_hash, accepted_at)
				select tenant_id, send_id, provider_id, decode(content_hash, 'hex'), :now
				from unnest(:tenants::text[], :sends::uuid[], :providers::text[], :hashes::text[])
					as m(tenant_id, send_id, provider_id, content_hash)
				""")
			.param("now", this.clock.instant().atOffset(ZoneOffset.UTC))
			.param("tenants", column(emails, (email) -> email.tenant().value()))
			.param("sends", column(emails, (email) -> email.send().toString()))
			.param("providers", providerIds.toArray(String[]::new))
			.param("hashes", column(emails, OutboundEmail::contentHash))
			.update();
	}

	private static String[] column(List<OutboundEmail> emails, Function<OutboundEmail, String> value) {
		return emails.stream().map(value).toArray(String[]::new);
	}

}
