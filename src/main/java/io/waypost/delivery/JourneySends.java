package io.waypost.delivery;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

import io.waypost.content.EmailDraft;
import io.waypost.database.JsonColumn;
import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.delivery.queue.DailySendQuota;
import io.waypost.delivery.queue.DispatchSignal;
import io.waypost.delivery.store.SendRowMapper;
import io.waypost.delivery.tracking.DraftLinkExtractor;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Plans the sends of journeys and saves their states until they are queued. Every method
 * processes a batch with one statement. Reading finds sends of campaigns too.
 */
@Component
public class JourneySends {

	private final JdbcClient jdbc;

	private final DispatchSignal signal;

	private final DailySendQuota quota;

	private final DeliverySettings settings;

	private final JsonColumn json;

	private final IdGenerator ids;

	private final Clock clock;

	public JourneySends(JdbcClient jdbc, DispatchSignal signal, DailySendQuota quota, DeliverySettings settings,
			JsonColumn json, IdGenerator ids, Clock clock) {
		this.jdbc = jdbc;
		this.signal = signal;
		this.quota = quota;
		this.settings = settings;
		this.json = json;
		this.ids = ids;
		this.clock = clock;
	}

	/**
	 * Plans sends. A repeated request returns the existing send.
	 * @param tenant tenant of the sends
	 * @param requests what to send
	 * @return one send per request, in the same order
	 */
	public List<Send> plan(TenantId tenant, List<SendRequest> requests) {
		if (requests.stream().anyMatch((request) -> request.journey().equals(CampaignSendBatch.JOURNEY))) {
			throw new IllegalArgumentException("Sends of journey '%s' are added by CampaignSends, not planned"
				.formatted(CampaignSendBatch.JOURNEY));
		}
		Map<RequestKey, Send> planned = insert(tenant, requests);
		if (!requests.stream().map(RequestKey::of).allMatch(planned::containsKey)) {
			// Another transaction planned the same send after this one's snapshot
			planned.putAll(insert(tenant, requests));
		}
		return requests.stream().map((request) -> Objects.requireNonNull(planned.get(RequestKey.of(request)))).toList();
	}

	/**
	 * Inserts and reads in one statement. Inserted rows are not in the statement's
	 * snapshot, hence the union.
	 */
	private Map<RequestKey, Send> insert(TenantId tenant, List<SendRequest> requests) {
		Map<RequestKey, Send> planned = new HashMap<>();
		this.jdbc
			.sql("""
					with request as (
						select * from unnest(:ids::uuid[], :profiles::uuid[], :runs::uuid[], :journeys::text[], :steps::text[],
							:templates::text[], :topics::text[], :classes::text[], :triggers::jsonb[], :properties::jsonb[])
							as r(id, profile_id, run_id, journey, step, template, topic, message_class, trigger, properties)
					), s as (
						insert into delivery.send (tenant_id, id, profile_id, run_id, journey, step, template, topic,
							message_class, trigger, properties, created_at, updated_at)
						select :tenant, id, profile_id, run_id, journey, step, template, topic, message_class, trigger,
							properties, :now, :now
						from request
						on conflict on constraint send_once do nothing
						returning *
					)
					select %1$s from s
					union all
					select %1$s from delivery.send s join request r
						on s.profile_id = r.profile_id and s.run_id = r.run_id and s.step = r.step
					where s.tenant_id = :tenant
					"""
				.formatted(SendRowMapper.COLUMNS))
			.param("tenant", tenant.value())
			.param("now", SqlTime.of(this.clock.instant()))
			.param("ids", SqlArray.uuids(requests, (request) -> this.ids.next()))
			.param("profiles", SqlArray.uuids(requests, (row) -> row.profile().value()))
			.param("runs", SqlArray.uuids(requests, (row) -> row.run().value()))
			.param("journeys", SqlArray.texts(requests, SendRequest::journey))
			.param("steps", SqlArray.texts(requests, SendRequest::step))
			.param("templates", SqlArray.texts(requests, SendRequest::template))
			.param("topics", SqlArray.texts(requests, SendRequest::topic))
			.param("classes", SqlArray.texts(requests, (request) -> this.settings.messageClass(request.topic())))
			.param("triggers", SqlArray.texts(requests, (request) -> this.json.write(request.trigger())))
			.param("properties", SqlArray.texts(requests, (request) -> this.json.write(request.properties())))
			.query((row, number) -> SendRowMapper.send(row))
			.list()
			.forEach((send) -> planned.put(RequestKey.of(send), send));
		return planned;
	}

	/**
	 * Saves decisions. A send whose current status does not lead to the new one is left
	 * unchanged. A new status without a reason removes the reason of the old one. The
	 * caller records the changes in the ledger in the same transaction, because it knows
	 * the reasons.
	 * @param tenant tenant of the sends
	 * @param updates at most one per send; QUEUED makes the send available to the
	 * dispatcher
	 * @return ids of the changed sends
	 */
	@Transactional
	public List<SendId> save(TenantId tenant, List<SendUpdate> updates) {
		updates.stream()
			.map(SendUpdate::status)
			.filter((status) -> !SendStateMachine.AGENT_CHAIN_STATUSES.contains(status))
			.findAny()
			.ifPresent((status) -> {
				throw new IllegalArgumentException("Only dispatch sets the status " + status);
			});
		updates.stream().filter((update) -> update.status() == SendStatus.QUEUED).forEach(JourneySends::requireCleared);
		return update(tenant, updates);
	}

	/** Refuses to queue what the stored facts do not allow, whatever the model allows. */
	private static void requireCleared(SendUpdate update) {
		Optional<String> problem = ContentClearance.isPermitted(update.explanation())
				? ContentClearance.problem(update.draft(), update.explanation())
				: Optional.of("its recipient has no permission decision that grants it");
		if (problem.isPresent()) {
			throw new NotClearedException("Send %s must not be queued: %s. Route the message through %s".formatted(
					update.id(), problem.get(), "the permission check, the inspection and, if needed, the review"));
		}
	}

	/**
	 * Keeps drafts and explanations at a save point without changing the status.
	 * @param tenant tenant of the sends
	 * @param updates at most one per send; status and times are ignored
	 */
	public void keep(TenantId tenant, List<SendUpdate> updates) {
		this.jdbc
			.sql("""
					update delivery.send s
					set variant = coalesce(u.variant, s.variant),
						draft = coalesce(u.draft, s.draft),
						links = case when u.draft is null then s.links else string_to_array(u.links, E'\\n') end,
						explanation = s.explanation || u.explanation,
						updated_at = :now
					from unnest(:ids::uuid[], :variants::text[], :drafts::jsonb[], :links::text[], :explanations::jsonb[])
						as u(id, variant, draft, links, explanation)
					where s.tenant_id = :tenant and s.id = u.id and s.status in ('planned', 'deferred', 'cleared', 'flagged')
					""")
			.param("tenant", tenant.value())
			.param("now", SqlTime.of(this.clock.instant()))
			.param("ids", SqlArray.uuids(updates, (row) -> row.id().value()))
			.param("variants", SqlArray.texts(updates, SendUpdate::variant))
			.param("drafts", drafts(updates))
			.param("links", links(updates))
			.param("explanations", SqlArray.texts(updates, (update) -> this.json.write(update.explanation())))
			.update();
	}

	private List<SendId> update(TenantId tenant, List<SendUpdate> updates) {
		Instant now = this.clock.instant();
		Map<SendId, Instant> ready = ready(tenant, updates, now);
		List<SendId> changed = this.jdbc
			.sql("""
					update delivery.send s
					set status = u.status,
						reason = case when u.reason is null and u.status = s.status then s.reason else u.reason end,
						deferred_until = case when u.status = 'deferred' then u.deferred_until end,
						variant = coalesce(u.variant, s.variant),
						draft = coalesce(u.draft, s.draft),
						links = case when u.draft is null then s.links else string_to_array(u.links, E'\\n') end,
						explanation = (s.explanation - 'interrupted') || u.explanation,
						ready_at = u.ready_at,
						queued_at = case when u.status = 'queued' then :now else s.queued_at end,
						updated_at = :now
					from unnest(:ids::uuid[], :statuses::text[], :sources::text[], :reasons::text[], :deferred::timestamptz[],
						:variants::text[], :drafts::jsonb[], :links::text[], :explanations::jsonb[], :ready::timestamptz[])
						as u(id, status, sources, reason, deferred_until, variant, draft, links, explanation, ready_at)
					where s.tenant_id = :tenant and s.id = u.id and s.status = any(string_to_array(u.sources, ','))
					returning s.id
					""")
			.param("tenant", tenant.value())
			.param("now", SqlTime.of(now))
			.param("ids", SqlArray.uuids(updates, (row) -> row.id().value()))
			.param("statuses", SqlArray.texts(updates, (update) -> update.status().key()))
			.param("sources", SqlArray.texts(updates, (update) -> sourceKeys(update.status())))
			.param("reasons", SqlArray.texts(updates, (update) -> reason(update, ready, now)))
			.param("ready", SqlArray.times(updates, (update) -> ready.get(update.id())))
			.param("deferred", SqlArray.times(updates, SendUpdate::deferredUntil))
			.param("variants", SqlArray.texts(updates, SendUpdate::variant))
			.param("drafts", drafts(updates))
			.param("links", links(updates))
			.param("explanations", SqlArray.texts(updates, (update) -> this.json.write(update.explanation())))
			.query((row, number) -> new SendId(SendRowMapper.uuid(row, "id")))
			.list();
		if (!ready.isEmpty()) {
			this.signal.raiseAfterCommit();
			changed.forEach(ready::remove);
			this.quota.giveBack(tenant, List.copyOf(ready.values()));
		}
		return changed;
	}

	/** When each queued send may go out: now, or later if the quota is used up. */
	private Map<SendId, Instant> ready(TenantId tenant, List<SendUpdate> updates, Instant now) {
		List<SendId> queued = updates.stream()
			.filter((update) -> update.status() == SendStatus.QUEUED)
			.map(SendUpdate::id)
			.toList();
		List<Instant> times = this.quota.take(tenant, Collections.nCopies(queued.size(), now));
		Map<SendId, Instant> ready = HashMap.newHashMap(queued.size());
		for (int index = 0; index < queued.size(); index++) {
			ready.put(queued.get(index), times.get(index));
		}
		return ready;
	}

	private static @Nullable String reason(SendUpdate update, Map<SendId, Instant> ready, Instant now) {
		Instant time = ready.get(update.id());
		return (time != null && time.isAfter(now)) ? DailySendQuota.REASON : update.reason();
	}

	/**
	 * Finds the send of a run.
	 * @param tenant tenant of the send
	 * @param run a run of a journey
	 * @param step step of the journey
	 * @return its id; empty if nothing was planned
	 */
	public Optional<SendId> find(TenantId tenant, JourneyRunId run, String step) {
		return this.jdbc.sql("select id from delivery.send where tenant_id = ? and run_id = ? and step = ?")
			.params(tenant.value(), run.value(), step)
			.query((row, number) -> new SendId(row.getObject("id", UUID.class)))
			.optional();
	}

	/**
	 * Reads sends with draft and explanation.
	 * @param tenant tenant of the sends
	 * @param ids ids of the sends
	 * @return those that exist
	 */
	public List<SendDetails> read(TenantId tenant, Collection<SendId> ids) {
		return this.jdbc
			.sql("""
					select %s, %s, %s, s.properties
					from delivery.send s %s
					where s.tenant_id = :tenant and s.id = any(:ids::uuid[])
					""".formatted(SendRowMapper.COLUMNS, SendRowMapper.CONTENT_COLUMNS,
					SendRowMapper.EXPLANATION_COLUMNS,
					SendRowMapper.JOIN_CONTENT + SendRowMapper.JOIN_EXPLANATION_PAGE))
			.param("tenant", tenant.value())
			.param("ids", SqlArray.uuids(ids, (id) -> id.value()))
			.query((row, number) -> new SendDetails(SendRowMapper.send(row),
					this.json.readNullable(row.getString("draft"), EmailDraft.class),
					this.json.readMap(row.getString("trigger")), this.json.readMap(row.getString("properties")),
					SendRowMapper.explanation(row, this.json)))
			.list();
	}

	/**
	 * Finds all sends of profiles.
	 * @param tenant tenant of the profiles
	 * @param profiles recipients
	 * @return their ids
	 */
	public List<SendId> findIds(TenantId tenant, Collection<ProfileId> profiles) {
		return this.jdbc
			.sql("select id from delivery.send where tenant_id = :tenant and profile_id = any(:profiles::uuid[])")
			.param("tenant", tenant.value())
			.param("profiles", SqlArray.uuids(profiles, (profile) -> profile.value()))
			.query((row, number) -> new SendId(SendRowMapper.uuid(row, "id")))
			.list();
	}

	private Object drafts(List<SendUpdate> updates) {
		return SqlArray.texts(updates, (update) -> (update.draft() == null) ? null : this.json.write(update.draft()));
	}

	private static Object links(List<SendUpdate> updates) {
		return SqlArray.texts(updates, (update) -> String.join("\n", DraftLinkExtractor.extract(update.draft())));
	}

	private static String sourceKeys(SendStatus status) {
		return SendStateMachine.sources(status).stream().map(SendStatus::key).collect(Collectors.joining(","));
	}

	private record RequestKey(UUID profile, UUID run, String step) {

		static RequestKey of(SendRequest request) {
			return new RequestKey(request.profile().value(), request.run().value(), request.step());
		}

		static RequestKey of(Send send) {
			return new RequestKey(send.profile().value(), send.run().value(), send.step());
		}

	}

}
