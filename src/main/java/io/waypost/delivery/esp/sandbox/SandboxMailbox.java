package io.waypost.delivery.esp.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.delivery.esp.EspEvent.Type;
import io.waypost.delivery.esp.OutboundEmail;
import io.waypost.delivery.esp.SandboxRecipients.SimulatedEvent;
import io.waypost.delivery.esp.SubmitOutcome;
import io.waypost.delivery.worker.GroupCommit;
import io.waypost.identity.Vault;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the sandbox was given, sealed, and what it will report. Arrivals from many threads
 * share one transaction.
 */
@Component
class SandboxMailbox implements DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(SandboxMailbox.class);

	private static final int BATCH = 500;

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final Vault vault;

	private final ObjectMapper json;

	private final IdGenerator ids;

	private final Clock clock;

	private final GroupCommit<ReceivedMessage> arrivals;

	SandboxMailbox(JdbcClient jdbc, TransactionTemplate transaction, Vault vault, ObjectMapper json, IdGenerator ids,
			Clock clock) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.vault = vault;
		this.json = json;
		this.ids = ids;
		this.clock = clock;
		this.arrivals = new GroupCommit<>("sandbox-mailbox", BATCH, this::store);
	}

	CompletableFuture<SubmitOutcome> store(ReceivedMessage arrival) {
		this.arrivals.add(arrival);
		return arrival.answer();
	}

	/** Stores many that come together without waiting for others. */
	List<SubmitOutcome> storeAll(List<ReceivedMessage> arrivals) {
		store(arrivals);
		return arrivals.stream().map((arrival) -> arrival.answer().join()).toList();
	}

	@Override
	public void destroy() {
		this.arrivals.close();
	}

	private void store(List<ReceivedMessage> batch) {
		Map<TenantId, List<ReceivedMessage>> byTenant = batch.stream()
			.collect(Collectors.groupingBy((arrival) -> arrival.email().tenant()));
		List<Kept> kept = new ArrayList<>();
		byTenant.forEach((tenant, arrivals) -> kept.addAll(seal(tenant, arrivals)));
		try {
			this.transaction.executeWithoutResult((status) -> {
				insertMessages(kept);
				insertReports(kept);
			});
			kept.forEach(
					(message) -> message.arrival().answer().complete(new SubmitOutcome.Accepted(message.providerId())));
		}
		catch (CannotCreateTransactionException fault) {
			logger.warn("The sandbox took none of {} messages: {}", kept.size(), fault.getMessage());
			kept.forEach((message) -> message.arrival().answer().complete(new SubmitOutcome.Refused("esp.away", null)));
		}
		catch (DataAccessException | TransactionException fault) {
			// The commit itself may have failed after it took effect: nobody knows
			logger.warn("The sandbox could not confirm {} messages: {}", kept.size(), fault.getMessage());
			kept.forEach((message) -> message.arrival().answer().complete(new SubmitOutcome.Unknown("esp.no_answer")));
		}
	}

	private List<Kept> seal(TenantId tenant, List<ReceivedMessage> arrivals) {
		try {
			Map<ProfileId, UnaryOperator<byte[]>> seals = this.vault.sealers(tenant,
					arrivals.stream().map((arrival) -> arrival.email().profile()).toList());
			return arrivals.stream()
				.flatMap((arrival) -> keep(arrival, seals.get(arrival.email().profile())).stream())
				.toList();
		}
		catch (RuntimeException fault) {
			logger.warn("The sandbox could not seal {} messages: {}", arrivals.size(),
					fault.getClass().getSimpleName());
			arrivals.forEach((arrival) -> arrival.answer().complete(new SubmitOutcome.Refused("esp.vault", null)));
			return List.of();
		}
	}

	/** Without a key the recipient was erased. */
	private Optional<Kept> keep(ReceivedMessage arrival, @Nullable UnaryOperator<byte[]> seal) {
		if (seal == null) {
			arrival.answer().complete(new SubmitOutcome.Rejected("no_key"));
			return Optional.empty();
		}
		byte[] sealed = seal.apply(bytes(arrival.email()));
		return Optional.of(new Kept(arrival, "sandbox-" + this.ids.next(), HexFormat.of().formatHex(sealed)));
	}

	private byte[] bytes(OutboundEmail email) {
		Map<String, Object> parts = new TreeMap<>();
		parts.put("fromName", email.fromName());
		parts.put("from", email.from().value());
		parts.put("to", email.to().value());
		parts.put("subject", email.subject());
		parts.put("html", email.html());
		parts.put("text", email.text());
		parts.put("headers", email.headers());
		try {
			return this.json.writeValueAsString(parts).getBytes(StandardCharsets.UTF_8);
		}
		catch (JsonProcessingException impossible) {
			throw new IllegalArgumentException(impossible);
		}
	}

	private void insertMessages(List<Kept> kept) {
		this.jdbc.sql("""
				insert into delivery.sandbox_message (tenant_id, send_id, provider_id, profile_id, sealed, received_at)
				select tenant_id, send_id, provider_id, profile_id, decode(sealed, 'hex'), :now
				from unnest(:tenants::text[], :sends::uuid[], :providers::text[], :profiles::uuid[], :sealed::text[])
					as m(tenant_id, send_id, provider_id, profile_id, sealed)
				""")
			.param("now", this.clock.instant().atOffset(ZoneOffset.UTC))
			.param("tenants", column(kept, (message) -> message.email().tenant().value()))
			.param("sends", column(kept, (message) -> message.email().send().toString()))
			.param("providers", column(kept, Kept::providerId))
			.param("profiles", column(kept, (message) -> message.email().profile().toString()))
			.param("sealed", column(kept, Kept::sealedHex))
			.update();
	}

	private void insertReports(List<Kept> kept) {
		Instant now = this.clock.instant();
		List<Planned> planned = new ArrayList<>();
		for (Kept message : kept) {
			message.arrival()
				.schedule()
				.events()
				.forEach((report) -> planned.add(new Planned(message, report.type(), now.plus(report.after()))));
		}
		this.jdbc.sql("""
				insert into delivery.sandbox_report (tenant_id, id, esp, send_id, event, due_at)
				select * from unnest(:tenants::text[], :ids::uuid[], :esps::text[], :sends::uuid[], :events::text[],
					:due::timestamptz[])
				""")
			.param("tenants", column(planned, (report) -> report.message().email().tenant().value()))
			.param("ids", column(planned, (report) -> this.ids.next().toString()))
			.param("esps", column(planned, (report) -> report.message().arrival().schedule().esp()))
			.param("sends", column(planned, (report) -> report.message().email().send().toString()))
			.param("events", column(planned, (report) -> report.kind().name()))
			.param("due", column(planned, (report) -> report.due().toString()))
			.update();
	}

	private static <T> String[] column(List<T> rows, Function<T, String> value) {
		return rows.stream().map(value).toArray(String[]::new);
	}

	/** What happens to a message after it was taken. */
	record EventSchedule(String esp, List<SimulatedEvent> events) {

	}

	/** A message at the door, and where its answer goes. */
	record ReceivedMessage(OutboundEmail email, EventSchedule schedule, CompletableFuture<SubmitOutcome> answer) {

	}

	private record Kept(ReceivedMessage arrival, String providerId, String sealedHex) {

		OutboundEmail email() {
			return this.arrival.email();
		}

	}

	private record Planned(Kept message, Type kind, Instant due) {

	}

}
