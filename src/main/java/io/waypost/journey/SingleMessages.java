package io.waypost.journey;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.agent.MessageRequest;
import io.waypost.agent.Orchestrator;
import io.waypost.content.Template;
import io.waypost.content.TemplateRepository;
import io.waypost.database.AdvisoryLock;
import io.waypost.database.AdvisoryLocks;
import io.waypost.database.SqlTime;
import io.waypost.identity.Identifier;
import io.waypost.identity.Profile;
import io.waypost.identity.Profiles;
import io.waypost.journey.run.JourneyRunRepository;
import io.waypost.journey.run.NewRun;
import io.waypost.journey.run.RunBatchStarter;
import io.waypost.journey.run.RunStarter;
import io.waypost.kernel.Fingerprint;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Messages that callers request one by one. The send is planned at once, so that the
 * caller can follow it.
 */
@Component
public class SingleMessages {

	/** Journey name in the send. */
	static final String JOURNEY = "api";

	/** Step name in the send; the model {@code single-message} uses the same name. */
	static final String STEP = "message";

	private final Profiles profiles;

	private final TemplateRepository templates;

	private final Orchestrator orchestrator;

	private final JourneyRunRepository runs;

	private final RunStarter runStarter;

	private final JdbcClient jdbc;

	private final AdvisoryLocks locks;

	private final IdGenerator ids;

	private final Clock clock;

	SingleMessages(Profiles profiles, TemplateRepository templates, Orchestrator orchestrator,
			JourneyRunRepository runs, RunStarter runStarter, JdbcClient jdbc, AdvisoryLocks locks, IdGenerator ids,
			Clock clock) {
		this.profiles = profiles;
		this.templates = templates;
		this.orchestrator = orchestrator;
		this.runs = runs;
		this.runStarter = runStarter;
		this.jdbc = jdbc;
		this.locks = locks;
		this.ids = ids;
		this.clock = clock;
	}

	/**
	 * Requests one personalised message to one person.
	 * @param caller the signed-in caller
	 * @param userId the source's id of the person
	 * @param template template key
	 * @param properties data for the message; no personal data
	 * @param key a repetition with the same key returns the same send
	 * @return id of the send
	 */
	@Transactional
	public SendId trigger(Caller caller, String userId, String template, Map<String, Object> properties, String key) {
		return trigger(caller,
				new SingleMessageController.SingleMessageRequest(userId, template, Map.copyOf(properties)), key);
	}

	/**
	 * Plans the message; the engine starts it after the commit. A repetition with the
	 * same key returns the same send. A lock of the key serialises concurrent requests.
	 */
	@Transactional
	SendId trigger(Caller caller, SingleMessageController.SingleMessageRequest body, @Nullable String key) {
		TenantId tenant = caller.tenant();
		if (key == null) {
			return plan(caller, body);
		}
		this.locks.lock(AdvisoryLock.IDEMPOTENCY_KEY, tenant, key);
		Optional<SendId> before = answered(tenant, key, fingerprint(body));
		if (before.isPresent()) {
			return before.get();
		}
		SendId send = plan(caller, body);
		this.jdbc
			.sql("""
					INSERT INTO journey.idempotency (tenant_id, key, fingerprint, send_id, created_at) VALUES (?, ?, ?, ?, ?)
					""")
			.params(tenant.value(), key, fingerprint(body), send.value(), SqlTime.of(this.clock.instant()))
			.update();
		return send;
	}

	private SendId plan(Caller caller, SingleMessageController.SingleMessageRequest body) {
		TenantId tenant = caller.tenant();
		ProfileId profile = profile(tenant, Objects.requireNonNull(body.userId()));
		// Held until the commit, so that an erasure either finds this run or comes first
		this.profiles.survivors(tenant, List.of(profile));
		Template template = template(tenant, profile, Objects.requireNonNull(body.template()));
		JourneyRunId run = new JourneyRunId(this.ids.next());
		Map<String, Object> trigger = Map.of("source", "api", "caller", caller.name());
		Instant now = this.clock.instant();
		this.runs.open(tenant, List.of(new NewRun(run, RunBatchStarter.SINGLE_MESSAGE, profile, run.toString(),
				template.key(), template.topic(), Duration.ZERO, now, trigger, body.properties())), now);
		this.runStarter.wakeAfterCommit();
		return this.orchestrator
			.open(tenant, List.of(new MessageRequest(profile, run, JOURNEY, STEP, template.key(), template.topic(),
					trigger, body.properties())))
			.single()
			.send()
			.id();
	}

	private ProfileId profile(TenantId tenant, String userId) {
		return this.profiles.find(tenant, new Identifier(Identifier.Type.USER_ID, userId))
			.orElseThrow(() -> InvalidRequestException.notFound("/userId",
					"no profile has the user id '%s'; send an identify call first".formatted(userId)));
	}

	private Template template(TenantId tenant, ProfileId profile, String key) {
		Profile person = this.profiles.read(tenant, List.of(profile)).get(profile);
		String locale = (person != null) ? Objects.requireNonNullElse(person.locale(), "en") : "en";
		return this.templates.find(tenant, key, locale)
			.orElseThrow(() -> InvalidRequestException.notFound("/template",
					"there is no template '%s'; GET /api/v1/templates lists them".formatted(key)));
	}

	private Optional<SendId> answered(TenantId tenant, String key, String fingerprint) {
		return this.jdbc.sql("SELECT fingerprint, send_id FROM journey.idempotency WHERE tenant_id = ? AND key = ?")
			.params(tenant.value(), key)
			.query((row, number) -> same(row.getString("fingerprint"), fingerprint, key,
					new SendId(row.getObject("send_id", UUID.class))))
			.optional();
	}

	private static SendId same(String stored, String fingerprint, String key, SendId send) {
		if (!stored.equals(fingerprint)) {
			throw new InvalidRequestException(HttpStatus.UNPROCESSABLE_ENTITY,
					"Idempotency-Key '%s' was used with another body; use a new key".formatted(key), List.of());
		}
		return send;
	}

	/**
	 * Hash of the whole body, because the user id must not be stored outside the vault.
	 */
	private static String fingerprint(SingleMessageController.SingleMessageRequest body) {
		return Fingerprint.of(body.userId(), body.template(), new TreeMap<>(body.properties())).hex();
	}

}
