package io.waypost.delivery;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

import io.waypost.content.EmailDraft;
import io.waypost.delivery.content.SharedContentRepository;
import io.waypost.delivery.queue.CampaignSendRepository;
import io.waypost.delivery.queue.DispatchSignal;
import io.waypost.delivery.queue.RecentSendRepository;
import io.waypost.delivery.store.DeliveryColumns;
import io.waypost.delivery.store.DeliveryJson;
import io.waypost.delivery.store.SendRowMapper;
import io.waypost.delivery.tracking.DraftLinkExtractor;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The spine: sends and their states. Every method works on a batch with one statement.
 */
@Component
public class Deliveries {

	private final JdbcClient jdbc;

	private final DispatchSignal signal;

	private final DeliverySettings settings;

	private final DeliveryJson json;

	private final IdGenerator ids;

	private final Clock clock;

	private final SharedContentRepository contents;

	private final CampaignSendRepository campaigns;

	private final RecentSendRepository countRecent;

	public Deliveries(JdbcClient jdbc, DispatchSignal signal, DeliverySettings settings, DeliveryJson json,
			IdGenerator ids, Clock clock, SharedContentRepository contents, CampaignSendRepository campaigns,
			RecentSendRepository recent) {
		this.jdbc = jdbc;
		this.signal = signal;
		this.settings = settings;
		this.json = json;
		this.ids = ids;
		this.clock = clock;
		this.contents = contents;
		this.campaigns = campaigns;
		this.countRecent = recent;
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
	 * Stores words that many sends share. Repeating it changes nothing.
	 * @param tenant whose
	 * @param contents any number; words under a known id are left as they are
	 */
	public void storeContents(TenantId tenant, List<SharedContent> contents) {
		this.contents.store(tenant, contents);
	}

	/**
	 * Reads shared words.
	 * @param tenant whose
	 * @param content their id
	 * @return the words, or empty
	 */
	public Optional<SharedContent> findContent(TenantId tenant, UUID content) {
		return this.contents.find(tenant, content);
	}

	/**
	 * Reads the words of many shared contents, most of the time without asking the
	 * database.
	 * @param tenant whose
	 * @param contents their ids
	 * @return those that exist
	 */
	public Map<UUID, EmailDraft> findDrafts(TenantId tenant, Collection<UUID> contents) {
		return this.contents.read(tenant, contents)
			.values()
			.stream()
			.collect(Collectors.toMap(SharedContentRepository.LinkedContent::id,
					SharedContentRepository.LinkedContent::draft));
	}

	/**
	 * Writes what a campaign decided about people, and one ledger entry that names every
	 * send written. A person who has a send of this campaign is skipped, unless it is
	 * deferred: then it moves on. Of a campaign that was dropped every send is withheld.
	 * @param tenant whose
	 * @param campaign what the sends have in common
	 * @param sends one for each person, best 500 to 1,000 a call
	 * @return the sends written, by person
	 */
	public Map<ProfileId, SendId> add(TenantId tenant, CampaignSendBatch campaign, List<CampaignSend> sends) {
		return this.campaigns.add(tenant, campaign, sends);
	}

	/**
	 * Pauses a campaign: its queued sends are not claimed from now on. Takes the same
	 * moment whatever the length of the queue; calls that are under way finish.
	 * @param tenant whose
	 * @param campaign which
	 */
	public void pause(TenantId tenant, CampaignId campaign) {
		this.campaigns.pause(tenant, campaign);
	}

	/**
	 * Lets a held campaign go on, unless it was dropped.
	 * @param tenant whose
	 * @param campaign which
	 */
	public void resume(TenantId tenant, CampaignId campaign) {
		this.campaigns.resume(tenant, campaign);
	}

	/**
	 * Ends a campaign for good: what has not left is withheld, and whatever is added
	 * later is withheld too. Best called outside a transaction, for it works in portions.
	 * @param tenant whose
	 * @param campaign which
	 * @param reason short code, for example {@code campaign_cancelled}
	 * @return how many sends were withheld
	 */
	public int cancel(TenantId tenant, CampaignId campaign, String reason) {
		return this.campaigns.cancel(tenant, campaign, reason);
	}

	/**
	 * Tells whether anything of a campaign is still to leave or to be answered. While
	 * something waits in the queue this costs next to nothing, whatever the campaign's
	 * size.
	 * @param tenant whose
	 * @param campaign which
	 * @return false when every send has come to its end or is put off
	 */
	public boolean isInProgress(TenantId tenant, CampaignId campaign) {
		return this.campaigns.isInProgress(tenant, campaign);
	}

	/**
	 * Counts the sends of a campaign by where they stand and why.
	 * @param tenant whose
	 * @param campaign which
	 * @return counts by status and reason; the empty reason stands for none
	 */
	public Map<SendStatus, Map<String, Long>> countByStatus(TenantId tenant, CampaignId campaign) {
		return this.campaigns.countByStatus(tenant, campaign);
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
	public List<SendId> findIds(TenantId tenant, Collection<ProfileId> profiles) {
		return this.jdbc
			.sql("select id from delivery.send where tenant_id = :tenant and profile_id = any(:profiles::uuid[])")
			.param("tenant", tenant.value())
			.param("profiles", DeliveryColumns.of(profiles, (profile) -> profile))
			.query((row, number) -> new SendId(SendRowMapper.uuid(row, "id")))
			.list();
	}

	/**
	 * Waits until nobody else counts messages to these people in order to queue one more,
	 * and keeps others from it until the transaction ends. Whoever counts afterwards, by
	 * a new statement, sees what the others have queued. For single messages: campaigns
	 * have a lock of their own.
	 * @param tenant whose
	 * @param profiles to whom, in an order that is the same for all
	 */
	public void lockFrequencyCap(TenantId tenant, List<ProfileId> profiles) {
		this.countRecent.lockFrequencyCap(tenant, profiles);
	}

	/**
	 * Counts messages on their way or sent, for frequency caps.
	 * @param tenant whose
	 * @param profiles to whom
	 * @param now until when
	 * @return what each got; profiles that got nothing within the week are absent
	 */
	public Map<ProfileId, RecentSendCounts> countRecent(TenantId tenant, Collection<ProfileId> profiles, Instant now) {
		return countRecent(tenant, profiles, List.of(), now);
	}

	/**
	 * Counts messages on their way or sent, for frequency caps. Tests do not count. A
	 * message that waits for its hour or for a pause to end counts however long it has
	 * waited, for it leaves later than what is decided now: so a cap holds without being
	 * asked again when the message is claimed. One that waits for a reviewer counts from
	 * the moment it was flagged; what came meanwhile is counted when it is let go.
	 * @param tenant whose
	 * @param profiles to whom
	 * @param own messages that are decided about and do not count against themselves
	 * @param now until when
	 * @return what each got; profiles that got nothing within the week are absent
	 */
	public Map<ProfileId, RecentSendCounts> countRecent(TenantId tenant, Collection<ProfileId> profiles,
			Collection<SendId> own, Instant now) {
		return this.countRecent.count(tenant, profiles, own, now);
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
