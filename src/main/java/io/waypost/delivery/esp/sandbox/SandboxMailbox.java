package io.waypost.delivery.esp.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
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
 * Stores the messages that the sandbox accepts, encrypted with the recipient's key, and
 * schedules their delivery events. Messages from many threads share one transaction.
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

	private final GroupCommit<ReceivedMessage> groupCommit;

	SandboxMailbox(JdbcClient jdbc, TransactionTemplate transaction, Vault vault, ObjectMapper json, IdGenerator ids,
			Clock clock) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.vault = vault;
		this.json = json;
		this.ids = ids;
		this.clock = clock;
		this.groupCommit = new GroupCommit<>("sandbox-mailbox", BATCH, this::store);
	}

	CompletableFuture<SubmitOutcome> store(ReceivedMessage message) {
		this.groupCommit.add(message);
		return message.answer();
	}

	/** Stores messages of one request without waiting for others. */
	List<SubmitOutcome> storeAll(List<ReceivedMessage> messages) {
		store(messages);
		return messages.stream().map((message) -> message.answer().join()).toList();
	}

	@Override
	public void destroy() {
		this.groupCommit.close();
	}

	private void store(List<ReceivedMessage> batch) {
		Map<TenantId, List<ReceivedMessage>> byTenant = batch.stream()
			.collect(Collectors.groupingBy((message) -> message.email().tenant()));
		List<StoredMessage> stored = new ArrayList<>();
		byTenant.forEach((tenant, messages) -> stored.addAll(encrypt(tenant, messages)));
		try {
			this.transaction.executeWithoutResult((status) -> {
				insertMessages(stored);
				insertEvents(stored);
			});
			stored.forEach((
					message) -> message.received().answer().complete(new SubmitOutcome.Accepted(message.providerId())));
		}
		catch (CannotCreateTransactionException failure) {
			logger.warn("The sandbox accepted none of {} messages: {}", stored.size(), failure.getMessage());
			stored.forEach((message) -> message.received()
				.answer()
				.complete(new SubmitOutcome.Refused("esp.unavailable", null)));
		}
		catch (DataAccessException | TransactionException failure) {
			// The commit may have taken effect although it failed: the outcome is unknown
			logger.warn("The outcome of {} messages in the sandbox is unknown: {}", stored.size(),
					failure.getMessage());
			stored
				.forEach((message) -> message.received().answer().complete(new SubmitOutcome.Unknown("esp.no_answer")));
		}
	}

	private List<StoredMessage> encrypt(TenantId tenant, List<ReceivedMessage> messages) {
		try {
			Map<ProfileId, UnaryOperator<byte[]>> sealers = this.vault.sealers(tenant,
					messages.stream().map((message) -> message.email().profile()).toList());
			return messages.stream()
				.flatMap((message) -> encrypt(message, sealers.get(message.email().profile())).stream())
				.toList();
		}
		catch (RuntimeException failure) {
			logger.warn("The sandbox could not encrypt {} messages: {}", messages.size(),
					failure.getClass().getSimpleName());
			messages.forEach((message) -> message.answer().complete(new SubmitOutcome.Refused("esp.vault", null)));
			return List.of();
		}
	}

	/** Without a key the recipient was erased. */
	private Optional<StoredMessage> encrypt(ReceivedMessage message, @Nullable UnaryOperator<byte[]> sealer) {
		if (sealer == null) {
			message.answer().complete(new SubmitOutcome.Rejected("no_key"));
			return Optional.empty();
		}
		byte[] sealed = sealer.apply(bytes(message.email()));
		return Optional.of(new StoredMessage(message, "sandbox-" + this.ids.next(), sealed));
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

	private void insertMessages(List<StoredMessage> stored) {
		this.jdbc.sql("""
				insert into delivery.sandbox_message (tenant_id, send_id, provider_id, profile_id, sealed, received_at)
				select tenant_id, send_id, provider_id, profile_id, sealed, :now
				from unnest(:tenants::text[], :sends::uuid[], :providers::text[], :profiles::uuid[], :sealed::bytea[])
					as m(tenant_id, send_id, provider_id, profile_id, sealed)
				""")
			.param("now", SqlTime.of(this.clock.instant()))
			.param("tenants", SqlArray.texts(stored, (message) -> message.email().tenant().value()))
			.param("sends", SqlArray.uuids(stored, (message) -> message.email().send().value()))
			.param("providers", SqlArray.texts(stored, StoredMessage::providerId))
			.param("profiles", SqlArray.uuids(stored, (message) -> message.email().profile().value()))
			.param("sealed", SqlArray.bytes(stored, StoredMessage::sealed))
			.update();
	}

	private void insertEvents(List<StoredMessage> stored) {
		Instant now = this.clock.instant();
		List<ScheduledEvent> scheduled = new ArrayList<>();
		for (StoredMessage message : stored) {
			message.received()
				.schedule()
				.events()
				.forEach((event) -> scheduled.add(new ScheduledEvent(message, event.type(), now.plus(event.after()))));
		}
		this.jdbc.sql("""
				insert into delivery.sandbox_event (tenant_id, id, esp, send_id, event, due_at)
				select * from unnest(:tenants::text[], :ids::uuid[], :esps::text[], :sends::uuid[], :events::text[],
					:due::timestamptz[])
				""")
			.param("tenants", SqlArray.texts(scheduled, (event) -> event.message().email().tenant().value()))
			.param("ids", SqlArray.uuids(scheduled, (event) -> this.ids.next()))
			.param("esps", SqlArray.texts(scheduled, (event) -> event.message().received().schedule().esp()))
			.param("sends", SqlArray.uuids(scheduled, (event) -> event.message().email().send().value()))
			.param("events", SqlArray.texts(scheduled, (event) -> event.type().name()))
			.param("due", SqlArray.times(scheduled, ScheduledEvent::due))
			.update();
	}

	/** The delivery events of a message. */
	record EventSchedule(String esp, List<SimulatedEvent> events) {

	}

	/** A received message with its answer. */
	record ReceivedMessage(OutboundEmail email, EventSchedule schedule, CompletableFuture<SubmitOutcome> answer) {

	}

	private record StoredMessage(ReceivedMessage received, String providerId, byte[] sealed) {

		OutboundEmail email() {
			return this.received.email();
		}

	}

	private record ScheduledEvent(StoredMessage message, Type type, Instant due) {

	}

}
