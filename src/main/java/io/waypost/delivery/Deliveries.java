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

import io.waypost.content.Draft;
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

	private final Json json;

	private final IdGenerator ids;

	private final Clock clock;

	private final SharedContents contents;

	private final CampaignSends campaigns;

	private final RecentMessages recent;

	Deliveries(JdbcClient jdbc, DispatchSignal signal, DeliverySettings settings, Json json, IdGenerator ids,
			Clock clock, SharedContents contents, CampaignSends campaigns, RecentMessages recent) {
		this.jdbc = jdbc;
		this.signal = signal;
		this.settings = settings;
		this.json = json;
		this.ids = ids;
		this.clock = clock;
		this.contents = contents;
		this.campaigns = campaigns;
		this.recent = recent;
	}

	/**
	 * Plans sends; a wish that is already planned is returned as it stands.
	 * @param tenant whose
	 * @param wishes what to send
	 * @return one send for each wish, in the same order
	 */
	public List<Send> plan(TenantId tenant, List<PlannedSend> wishes) {
		if (wishes.stream().anyMatch((wish) -> wish.journey().equals(SendsOf.JOURNEY))) {
			throw new IllegalArgumentException(
					"Sends of journey '%s' are added, not planned".formatted(SendsOf.JOURNEY));
		}
		Map<WishKey, Send> planned = insert(tenant, wishes);
		if (!wishes.stream().map(WishKey::of).allMatch(planned::containsKey)) {
			// Somebody planned the same wish after our snapshot was taken: now it shows
			planned.putAll(insert(tenant, wishes));
		}
		return wishes.stream().map((wish) -> Objects.requireNonNull(planned.get(WishKey.of(wish)))).toList();
	}

	/** The rows just made are not in the statement's own snapshot: hence the union. */
	private Map<WishKey, Send> insert(TenantId tenant, List<PlannedSend> wishes) {
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
				.formatted(SendRows.COLUMNS))
			.param("tenant", tenant.value())
			.param("now", Columns.time(this.clock.instant()))
			.param("ids", Columns.of(wishes, (wish) -> this.ids.next()))
			.param("profiles", Columns.of(wishes, PlannedSend::profile))
			.param("runs", Columns.of(wishes, PlannedSend::run))
			.param("journeys", Columns.of(wishes, PlannedSend::journey))
			.param("steps", Columns.of(wishes, PlannedSend::step))
			.param("templates", Columns.of(wishes, PlannedSend::template))
			.param("topics", Columns.of(wishes, PlannedSend::topic))
			.param("classes", Columns.of(wishes, (wish) -> this.settings.messageClass(wish.topic())))
			.param("triggers", Columns.of(wishes, (wish) -> this.json.write(wish.trigger())))
			.param("properties", Columns.of(wishes, (wish) -> this.json.write(wish.properties())))
			.query((row, number) -> SendRows.send(row))
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
			.filter((status) -> !Transitions.CHAIN.contains(status))
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
			.param("now", Columns.time(this.clock.instant()))
			.param("ids", Columns.of(updates, SendUpdate::id))
			.param("statuses", Columns.of(updates, (update) -> Columns.name(update.status())))
			.param("sources", Columns.of(updates, (update) -> Columns.names(Transitions.sources(update.status()))))
			.param("reasons", Columns.of(updates, SendUpdate::reason))
			.param("deferred", Columns.of(updates, SendUpdate::deferredUntil))
			.param("variants", Columns.of(updates, SendUpdate::variant))
			.param("drafts",
					Columns.of(updates, (update) -> (update.draft() == null) ? null : this.json.write(update.draft())))
			.param("links", Columns.of(updates, (update) -> String.join("\n", DraftLinks.of(update.draft()))))
			.param("explanations", Columns.of(updates, (update) -> this.json.write(update.explanation())))
			.query((row, number) -> new SendId(SendRows.uuid(row, "id")))
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
	public void share(TenantId tenant, List<SharedContent> contents) {
		this.contents.share(tenant, contents);
	}

	/**
	 * Reads shared words.
	 * @param tenant whose
	 * @param content their id
	 * @return the words, or empty
	 */
	public Optional<SharedContent> content(TenantId tenant, UUID content) {
		return this.contents.find(tenant, content);
	}

	/**
	 * Reads the words of many shared contents, most of the time without asking the
	 * database.
	 * @param tenant whose
	 * @param contents their ids
	 * @return those that exist
	 */
	public Map<UUID, Draft> drafts(TenantId tenant, Collection<UUID> contents) {
		return this.contents.read(tenant, contents)
			.values()
			.stream()
			.collect(Collectors.toMap(SharedContents.Words::id, SharedContents.Words::draft));
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
	public Map<ProfileId, SendId> add(TenantId tenant, SendsOf campaign, List<CampaignSend> sends) {
		return this.campaigns.add(tenant, campaign, sends);
	}

	/**
	 * Pauses a campaign: its queued sends are not claimed from now on. Takes the same
	 * moment whatever the length of the queue; calls that are under way finish.
	 * @param tenant whose
	 * @param campaign which
	 */
	public void hold(TenantId tenant, CampaignId campaign) {
		this.campaigns.hold(tenant, campaign);
	}

	/**
	 * Lets a held campaign go on, unless it was dropped.
	 * @param tenant whose
	 * @param campaign which
	 */
	public void release(TenantId tenant, CampaignId campaign) {
		this.campaigns.release(tenant, campaign);
	}

	/**
	 * Ends a campaign for good: what has not left is withheld, and whatever is added
	 * later is withheld too. Best called outside a transaction, for it works in portions.
	 * @param tenant whose
	 * @param campaign which
	 * @param reason short code, for example {@code campaign_cancelled}
	 * @return how many sends were withheld
	 */
	public int drop(TenantId tenant, CampaignId campaign, String reason) {
		return this.campaigns.drop(tenant, campaign, reason);
	}

	/**
	 * Tells whether anything of a campaign is still to leave or to be answered. While
	 * something waits in the queue this costs next to nothing, whatever the campaign's
	 * size.
	 * @param tenant whose
	 * @param campaign which
	 * @return false when every send has come to its end or is put off
	 */
	public boolean isUnderWay(TenantId tenant, CampaignId campaign) {
		return this.campaigns.isUnderWay(tenant, campaign);
	}

	/**
	 * Counts the sends of a campaign by where they stand and why.
	 * @param tenant whose
	 * @param campaign which
	 * @return counts by status and reason; the empty reason stands for none
	 */
	public Map<SendStatus, Map<String, Long>> counts(TenantId tenant, CampaignId campaign) {
		return this.campaigns.counts(tenant, campaign);
	}

	/**
	 * Reads sends with words and explanation.
	 * @param tenant whose
	 * @param ids which
	 * @return those that exist
	 */
	public List<StoredSend> read(TenantId tenant, Collection<SendId> ids) {
		return this.jdbc.sql("""
				select %s, %s, %s, s.properties
				from delivery.send s %s
				where s.tenant_id = :tenant and s.id = any(:ids::uuid[])
				""".formatted(SendRows.COLUMNS, SendRows.WORDS, SendRows.EXPLANATION, SendRows.CONTENT + SendRows.PAGE))
			.param("tenant", tenant.value())
			.param("ids", Columns.of(ids, (id) -> id))
			.query((row, number) -> new StoredSend(SendRows.send(row), this.json.readDraft(row.getString("draft")),
					this.json.readMap(row.getString("trigger")), this.json.readMap(row.getString("properties")),
					this.json.readExplanation(row)))
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
			.param("profiles", Columns.of(profiles, (profile) -> profile))
			.query((row, number) -> new SendId(SendRows.uuid(row, "id")))
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
	public void takeTurn(TenantId tenant, List<ProfileId> profiles) {
		this.recent.takeTurn(tenant, profiles);
	}

	/**
	 * Counts messages on their way or sent, for frequency caps.
	 * @param tenant whose
	 * @param profiles to whom
	 * @param now until when
	 * @return what each got; profiles that got nothing within the week are absent
	 */
	public Map<ProfileId, RecentSends> recent(TenantId tenant, Collection<ProfileId> profiles, Instant now) {
		return recent(tenant, profiles, List.of(), now);
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
	public Map<ProfileId, RecentSends> recent(TenantId tenant, Collection<ProfileId> profiles, Collection<SendId> own,
			Instant now) {
		return this.recent.count(tenant, profiles, own, now);
	}

	private record WishKey(UUID profile, UUID run, String step) {

		static WishKey of(PlannedSend wish) {
			return new WishKey(wish.profile().value(), wish.run().value(), wish.step());
		}

		static WishKey of(Send send) {
			return new WishKey(send.profile().value(), send.run().value(), send.step());
		}

	}

}
