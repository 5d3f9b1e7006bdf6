package io.waypost.delivery;

import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import io.waypost.delivery.queue.DispatchSignal;
import io.waypost.delivery.store.DeliveryColumns;
import io.waypost.delivery.store.DeliveryJson;
import io.waypost.delivery.store.SendRowMapper;
import io.waypost.delivery.tracking.DraftLinkExtractor;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Sends that journeys plan one by one, and the states they save on the way to the queue.
 * Every method works on a batch with one statement; reading finds sends of campaigns too.
 */
@Component
public class JourneySends {

	private final JdbcClient jdbc;

	private final DispatchSignal signal;

	private final DeliverySettings settings;

	private final DeliveryJson json;

	private final IdGenerator ids;

	private final Clock clock;

	public JourneySends(JdbcClient jdbc, DispatchSignal signal, DeliverySettings settings, DeliveryJson json,
			IdGenerator ids, Clock clock) {
		this.jdbc = jdbc;
		this.signal = signal;
		this.settings = settings;
		this.json = json;
		this.ids = ids;
		this.clock = clock;
	}

	/**
	 * Plans sends; a wish that is already planned is returned as it stands.
	 * @param tenant whose
	 * @param wishes what to send
	 * @return one send for each wish, in the same order
	 */
	public List<Send> plan(TenantId tenant, List<SendRequest> wishes) {
		if (wishes.stream().anyMatch((wish) -> wish.journey().equals(CampaignSendBatch.JOURNEY))) {
			throw new IllegalArgumentException(
					"Sends of journey '%s' are added, not planned".formatted(CampaignSendBatch.JOURNEY));
		}
		Map<WishKey, Send> planned = insert(tenant, wishes);
		if (!wishes.stream().map(WishKey::of).allMatch(planned::containsKey)) {
			// Somebody planned the same wish after our snapshot was taken: now it shows
			planned.putAll(insert(tenant, wishes));
		}
		return wishes.stream().map((wish) -> Objects.requireNonNull(planned.get(WishKey.of(wish)))).toList();
	}

	/** The rows just made are not in the statement's own snapshot: hence the union. */
	private Map<WishKey, Send> insert(TenantId tenant, List<SendRequest> wishes) {
		Map<WishKey, Send> planned = new HashMap<>();
		this.jdbc
			.sql("""
					with wish as (
						select * from unnest(:ids::uuid[], :profiles::uuid[], :runs::uuid[], :journeys::text[], :steps::text[],
							:templates::text[], :topics::text[], :classes::text[], :triggers::jsonb[], :properties::jsonb[])
							as w(id, profile_id, run_id, journey, step, template, topic, message_class, trigger, properties)
					), s as (
						insert into delivery.send (tenant_id, id, profile_id, run_id, journey, step, template, topic,
							message_class, trigger, properties, created_at, updated_at)
						select :tenant, id, profile_id, run_id, journey, step, template, topic, message_class, trigger,
							properties, :now, :now
						from wish
						on conflict on constraint send_once do nothing
						returning *
					)
					select %1$s from s
					union all
					select %1$s from delivery.send s join wish w
						on s.profile_id = w.profile_id and s.run_id = w.run_id and s.step = w.step
					where s.tenant_id = :tenant
					"""
				.formatted(SendRowMapper.COLUMNS))
			.param("tenant", tenant.value())
			.param("now", DeliveryColumns.time(this.clock.instant()))
			.param("ids", DeliveryColumns.of(wishes, (wish) -> this.ids.next()))
			.param("profiles", DeliveryColumns.of(wishes, SendRequest::profile))
			.param("runs", DeliveryColumns.of(wishes, SendRequest::run))
			.param("journeys", DeliveryColumns.of(wishes, SendRequest::journey))
			.param("steps", DeliveryColumns.of(wishes, SendRequest::step))
			.param("templates", DeliveryColumns.of(wishes, SendRequest::template))
			.param("topics", DeliveryColumns.of(wishes, SendRequest::topic))
			.param("classes", DeliveryColumns.of(wishes, (wish) -> this.settings.messageClass(wish.topic())))
			.param("triggers", DeliveryColumns.of(wishes, (wish) -> this.json.write(wish.trigger())))
			.param("properties", DeliveryColumns.of(wishes, (wish) -> this.json.write(wish.properties())))
			.query((row, number) -> SendRowMapper.send(row))
			.list()
			.forEach((send) -> planned.put(WishKey.of(send), send));
		return planned;
	}

	/**
	 * Saves what was decided. A send that has meanwhile gone on to a state from which the
	 * wanted one cannot be reached is left alone. A new status without a reason clears
	 * the reason of the old one. Who decided puts on the ledger what was changed, in the
	 * same transaction: it knows what was decided by.
	 * @param tenant whose
	 * @param updates what to save, at most one for each send; QUEUED hands the send to
	 * the dispatcher
	 * @return the ids that were changed
	 */
	public List<SendId> save(TenantId tenant, List<SendUpdate> updates) {
		updates.stream()
			.map(SendUpdate::status)
			.filter((status) -> !SendStateMachine.AGENT_CHAIN_STATUSES.contains(status))
			.findAny()
			.ifPresent((status) -> {
				throw new IllegalArgumentException("Only dispatch can make a send " + status);
			});
		return update(tenant, updates);
	}

	private List<SendId> update(TenantId tenant, List<SendUpdate> updates) {
		List<SendId> changed = this.jdbc
			.sql("""
					update delivery.send s
					set status = u.status,
						reason = case when u.reason is null and u.status = s.status then s.reason else u.reason end,
						deferred_until = case when u.status = 'deferred' then u.deferred_until end,
						variant = coalesce(u.variant, s.variant),
						draft = coalesce(u.draft, s.draft),
						links = case when u.draft is null then s.links else string_to_array(u.links, E'\\n') end,
						explanation = s.explanation || u.explanation,
						ready_at = case when u.status = 'queued' then :now end,
						queued_at = case when u.status = 'queued' then :now else s.queued_at end,
						updated_at = :now
					from unnest(:ids::uuid[], :statuses::text[], :sources::text[], :reasons::text[], :deferred::timestamptz[],
						:variants::text[], :drafts::jsonb[], :links::text[], :explanations::jsonb[])
						as u(id, status, sources, reason, deferred_until, variant, draft, links, explanation)
					where s.tenant_id = :tenant and s.id = u.id and s.status = any(string_to_array(u.sources, ','))
					returning s.id
					""")
			.param("tenant", tenant.value())
			.param("now", DeliveryColumns.time(this.clock.instant()))
			.param("ids", DeliveryColumns.of(updates, SendUpdate::id))
			.param("statuses", DeliveryColumns.of(updates, (update) -> DeliveryColumns.name(update.status())))
			.param("sources",
					DeliveryColumns.of(updates,
							(update) -> DeliveryColumns.names(SendStateMachine.sources(update.status()))))
			.param("reasons", DeliveryColumns.of(updates, SendUpdate::reason))
			.param("deferred", DeliveryColumns.of(updates, SendUpdate::deferredUntil))
			.param("variants", DeliveryColumns.of(updates, SendUpdate::variant))
			.param("drafts",
					DeliveryColumns.of(updates,
							(update) -> (update.draft() == null) ? null : this.json.write(update.draft())))
			.param("links",
					DeliveryColumns.of(updates,
							(update) -> String.join("\n", DraftLinkExtractor.extract(update.draft()))))
			.param("explanations", DeliveryColumns.of(updates, (update) -> this.json.write(update.explanation())))
			.query((row, number) -> new SendId(SendRowMapper.uuid(row, "id")))
			.list();
		if (updates.stream().anyMatch((update) -> update.status() == SendStatus.QUEUED)) {
			this.signal.raiseAfterCommit();
		}
		return changed;
	}

	/**
	 * Reads sends with words and explanation.
	 * @param tenant whose
	 * @param ids which
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
			.param("ids", DeliveryColumns.of(ids, (id) -> id))
			.query((row, number) -> new SendDetails(SendRowMapper.send(row),
					this.json.readDraft(row.getString("draft")), this.json.readMap(row.getString("trigger")),
					this.json.readMap(row.getString("properties")), this.json.readExplanation(row)))
			.list();
	}

	/**
	 * Finds all sends of people.
	 * @param tenant whose
	 * @param profiles to whom
	 * @return their ids
	 */
	public List<SendId> idsOf(TenantId tenant, Collection<ProfileId> profiles) {
		return this.jdbc
			.sql("select id from delivery.send where tenant_id = :tenant and profile_id = any(:profiles::uuid[])")
			.param("tenant", tenant.value())
			.param("profiles", DeliveryColumns.of(profiles, (profile) -> profile))
			.query((row, number) -> new SendId(SendRowMapper.uuid(row, "id")))
			.list();
	}

	private record WishKey(UUID profile, UUID run, String step) {

		static WishKey of(SendRequest wish) {
			return new WishKey(wish.profile().value(), wish.run().value(), wish.step());
		}

		static WishKey of(Send send) {
			return new WishKey(send.profile().value(), send.run().value(), send.step());
		}

	}

}
