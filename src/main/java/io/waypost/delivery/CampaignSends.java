package io.waypost.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

import io.waypost.delivery.content.ExplanationPageRepository;
import io.waypost.delivery.queue.DispatchSignal;
import io.waypost.delivery.store.DeliveryColumns;
import io.waypost.delivery.store.SendLedger;
import io.waypost.delivery.store.SendRowMapper;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The sends of campaigns, a thousand at a time. Adding shares a lock that dropping takes
 * for itself: whoever adds after a drop knows of it.
 */
@Component
public class CampaignSends {

	private static final int PORTION = 2_000;

	/** What has not left and does not wait in the queue. */
	private static final String ASIDE = """
			mine as (
				select s.id from delivery.send s
				where s.tenant_id = :tenant and s.run_id = :campaign and s.journey = 'campaign'
					and s.status in ('planned', 'deferred', 'cleared', 'flagged')
				limit :portion for update
			)""";

	/** Hints first and then their sends, in which order whoever claims locks them too. */
	private static final String QUEUED = """
			taken as (
				delete from delivery.queue where ctid = any(array(select ctid from delivery.queue
					where tenant_id = :tenant and campaign_id = :campaign limit :portion for update))
				returning send_id
			), mine as (
				select s.id from taken t join delivery.send s on s.id = t.send_id
				where s.tenant_id = :tenant and s.status = 'queued' for update of s
			)""";

	/**
	 * In the order of profiles, so that two who add the same people queue up. New rows,
	 * which have no xmax, get their hints here; of others a trigger sees that they moved.
	 */
	private static final String INSERT = """
			with written as (
				insert into delivery.send as s (tenant_id, id, profile_id, run_id, journey, step, template, topic,
					message_class, status, reason, variant, content_id, deferred_until, ready_at, queued_at, explanation_page_id,
					explanation_index, ledger_entries, created_at, updated_at)
				select :tenant, id, profile_id, :campaign, 'campaign', 'message', :template, :topic, :class,
					status, reason, variant, content_id, deferred_until,
					case when status = 'queued' then coalesce(ready_at, :now) end,
					case when status = 'queued' then :now::timestamptz end, :record::uuid, entry - 1, array[:record::uuid],
					:now, :now
				from unnest(:ids::uuid[], :profiles::uuid[], :statuses::text[], :reasons::text[], :variants::text[],
					:contents::uuid[], :deferred::timestamptz[], :ready::timestamptz[]) with ordinality
					as a(id, profile_id, status, reason, variant, content_id, deferred_until, ready_at, entry)
				order by profile_id
				%s
				returning s.id, s.profile_id, s.status, s.reason, s.ready_at, s.xmax = 0 as fresh
			), hinted as (
				insert into delivery.queue (tenant_id, send_id, campaign_id, ready_at)
				select :tenant, id, :campaign, ready_at from written where fresh and status = 'queued'
			)
			select id, profile_id, status, reason from written
			""";

	/** Who was put off is decided about anew; whoever is there already stays. */
	private static final String KNOWN = """
			on conflict on constraint send_once do update
			set status = excluded.status,
				reason = excluded.reason,
				variant = coalesce(excluded.variant, s.variant),
				content_id = coalesce(excluded.content_id, s.content_id),
				deferred_until = excluded.deferred_until,
				explanation_page_id = excluded.explanation_page_id,
				explanation_index = excluded.explanation_index,
				ready_at = excluded.ready_at,
				queued_at = excluded.queued_at,
				ledger_entries = s.ledger_entries || excluded.ledger_entries,
				updated_at = excluded.updated_at
			where s.status = 'deferred' and (excluded.status, excluded.deferred_until)
				is distinct from (s.status, s.deferred_until)
			""";

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final TransactionTemplate attempt;

	private final SharedContents contents;

	private final ExplanationPageRepository pages;

	private final SendLedger records;

	private final DispatchSignal signal;

	private final DeliverySettings settings;

	private final IdGenerator ids;

	private final Clock clock;

	public CampaignSends(JdbcClient jdbc, TransactionTemplate transaction, SharedContents contents,
			ExplanationPageRepository pages, SendLedger records, DispatchSignal signal, DeliverySettings settings,
			IdGenerator ids, Clock clock) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.attempt = new TransactionTemplate(Objects.requireNonNull(transaction.getTransactionManager()));
		this.attempt.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
		this.contents = contents;
		this.pages = pages;
		this.records = records;
		this.signal = signal;
		this.settings = settings;
		this.ids = ids;
		this.clock = clock;
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
		if (sends.isEmpty()) {
			return Map.of();
		}
		List<Written> written = this.transaction.execute((status) -> {
			requireContents(tenant, sends);
			lock("shared", campaign.campaign());
			UUID record = this.ids.next();
			List<CampaignSend> permitted = permitted(tenant, campaign.campaign(), sends);
			List<Written> rows = insert(tenant, campaign, permitted, record);
			record(tenant, campaign, record, rows);
			return rows;
		});
		this.signal.raiseAfterCommit();
		return Objects.requireNonNull(written).stream().collect(Collectors.toMap(Written::profile, Written::id));
	}

	/** A send without words would stand in the queue's way for ever. */
	private void requireContents(TenantId tenant, List<CampaignSend> sends) {
		Set<UUID> wanted = new HashSet<>();
		for (CampaignSend send : sends) {
			if (send.content() != null) {
				wanted.add(send.content());
			}
		}
		wanted.removeAll(this.contents.read(tenant, wanted).keySet());
		if (!wanted.isEmpty()) {
			throw new IllegalArgumentException("Share the contents %s before sends refer to them".formatted(wanted));
		}
	}

	private void lock(String mode, CampaignId campaign) {
		String function = mode.equals("shared") ? "pg_advisory_xact_lock_shared" : "pg_advisory_xact_lock";
		this.jdbc.sql("select " + function + "(hashtext('delivery.campaign'), hashtext(:campaign))")
			.param("campaign", campaign.toString())
			.query((row) -> {
			});
	}

	/** One for each person; none that may be sent when the campaign was dropped. */
	private List<CampaignSend> permitted(TenantId tenant, CampaignId campaign, List<CampaignSend> sends) {
		Optional<String> dropped = dropped(tenant, campaign);
		Map<ProfileId, CampaignSend> permitted = LinkedHashMap.newLinkedHashMap(sends.size());
		for (CampaignSend send : sends) {
			permitted.putIfAbsent(send.profile(), dropped.map((reason) -> withheld(send, reason)).orElse(send));
		}
		return List.copyOf(permitted.values());
	}

	private static CampaignSend withheld(CampaignSend send, String reason) {
		return (send.status() == SendStatus.WITHHELD) ? send : new CampaignSend(send.profile(), send.content(),
				send.variant(), SendStatus.WITHHELD, reason, null, null, send.explanation());
	}

	private Optional<String> dropped(TenantId tenant, CampaignId campaign) {
		return this.jdbc.sql("""
				select reason from delivery.campaign_pause
				where tenant_id = :tenant and campaign_id = :campaign and reason is not null
				""").param("tenant", tenant.value()).param("campaign", campaign.value()).query(String.class).optional();
	}

	/**
	 * Nearly always nobody is there yet, and asking for each person whether that is so
	 * costs up to a fifth of the statement: so it is asked when a key was found to be
	 * taken.
	 */
	private List<Written> insert(TenantId tenant, CampaignSendBatch campaign, List<CampaignSend> sends, UUID record) {
		try {
			return Objects.requireNonNull(this.attempt.execute((status) -> {
				List<Written> rows = insert(tenant, campaign, sends, record, "");
				explain(tenant, campaign, sends, record, rows, Map.of());
				return rows;
			}));
		}
		catch (DuplicateKeyException known) {
			Map<ProfileId, ExplanationPageRepository.PagePosition> earlier = this.pages.find(tenant,
					campaign.campaign(), sends.stream().map(CampaignSend::profile).toList());
			List<Written> rows = insert(tenant, campaign, sends, record, KNOWN);
			earlier.keySet().retainAll(rows.stream().map(Written::profile).toList());
			explain(tenant, campaign, sends, record, rows, this.pages.remove(tenant, earlier));
			return rows;
		}
	}

	private List<Written> insert(TenantId tenant, CampaignSendBatch campaign, List<CampaignSend> sends, UUID record,
			String known) {
		return this.jdbc.sql(INSERT.formatted(known))
			.param("tenant", tenant.value())
			.param("campaign", campaign.campaign().value())
			.param("template", campaign.template())
			.param("topic", campaign.topic())
			.param("class", this.settings.messageClass(campaign.topic()))
			.param("record", record)
			.param("now", DeliveryColumns.time(this.clock.instant()))
			.param("ids", DeliveryColumns.of(sends, (send) -> this.ids.next()))
			.param("profiles", DeliveryColumns.of(sends, CampaignSend::profile))
			.param("statuses", DeliveryColumns.of(sends, (send) -> DeliveryColumns.name(send.status())))
			.param("reasons", DeliveryColumns.of(sends, CampaignSend::reason))
			.param("variants", DeliveryColumns.of(sends, CampaignSend::variant))
			.param("contents", DeliveryColumns.of(sends, CampaignSend::content))
			.param("deferred", DeliveryColumns.of(sends, CampaignSend::deferredUntil))
			.param("ready", DeliveryColumns.of(sends, CampaignSend::readyAt))
			.query((row, number) -> Written.read(row))
			.list();
	}

	/**
	 * What was said earlier of people who were put off goes along. Nothing is kept of
	 * those to whom no send was written: nobody could find it.
	 */
	private void explain(TenantId tenant, CampaignSendBatch campaign, List<CampaignSend> sends, UUID page,
			List<Written> rows, Map<ProfileId, Map<String, Object>> earlier) {
		if (rows.isEmpty()) {
			return;
		}
		Set<ProfileId> written = rows.stream().map(Written::profile).collect(Collectors.toSet());
		List<@Nullable Map<String, Object>> explanations = new ArrayList<>(sends.size());
		for (CampaignSend send : sends) {
			explanations.add(!written.contains(send.profile()) ? null
					: merged(earlier.getOrDefault(send.profile(), Map.of()), send.explanation()));
		}
		this.pages.write(tenant, page, campaign.trigger(), explanations);
	}

	private static Map<String, Object> merged(Map<String, Object> earlier, Map<String, Object> now) {
		if (earlier.isEmpty()) {
			return now;
		}
		Map<String, Object> merged = new LinkedHashMap<>(earlier);
		merged.putAll(now);
		return merged;
	}

	private void record(TenantId tenant, CampaignSendBatch campaign, UUID record, List<Written> rows) {
		Map<String, List<String>> byDecision = new TreeMap<>();
		rows.forEach((row) -> byDecision.computeIfAbsent(row.decision(), (key) -> new ArrayList<>())
			.add(row.id().toString()));
		this.records.record(tenant, "sends.decided", record, byDecision, Map.of("campaign",
				campaign.campaign().toString(), "template", campaign.template(), "topic", campaign.topic()));
	}

	/**
	 * Pauses a campaign: its queued sends are not claimed from now on. Takes the same
	 * moment whatever the length of the queue; calls that are under way finish.
	 * @param tenant whose
	 * @param campaign which
	 */
	public void pause(TenantId tenant, CampaignId campaign) {
		put(tenant, campaign, null);
	}

	private void put(TenantId tenant, CampaignId campaign, @Nullable String reason) {
		this.jdbc.sql("""
				insert into delivery.campaign_pause as h (tenant_id, campaign_id, reason, paused_at)
				values (:tenant, :campaign, :reason, :now)
				on conflict (tenant_id, campaign_id) do update set reason = coalesce(h.reason, excluded.reason)
				""")
			.param("tenant", tenant.value())
			.param("campaign", campaign.value())
			.param("reason", reason)
			.param("now", DeliveryColumns.time(this.clock.instant()))
			.update();
	}

	/**
	 * Lets a held campaign go on, unless it was dropped.
	 * @param tenant whose
	 * @param campaign which
	 */
	public void resume(TenantId tenant, CampaignId campaign) {
		this.jdbc.sql("""
				delete from delivery.campaign_pause
				where tenant_id = :tenant and campaign_id = :campaign and reason is null
				""").param("tenant", tenant.value()).param("campaign", campaign.value()).update();
		this.signal.raiseAfterCommit();
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
		this.transaction.executeWithoutResult((status) -> {
			lock("alone", campaign);
			put(tenant, campaign, reason);
		});
		String said = dropped(tenant, campaign).orElse(reason);
		return withhold(tenant, campaign, QUEUED, said) + withhold(tenant, campaign, ASIDE, said);
	}

	/** In portions, so that no transaction holds a hundred thousand rows. */
	private int withhold(TenantId tenant, CampaignId campaign, String which, String reason) {
		int withheld = 0;
		List<String> portion;
		do {
			portion = Objects
				.requireNonNull(this.transaction.execute((status) -> withholdPortion(tenant, campaign, which, reason)));
			withheld += portion.size();
		}
		while (!portion.isEmpty());
		return withheld;
	}

	private List<String> withholdPortion(TenantId tenant, CampaignId campaign, String which, String reason) {
		UUID record = this.ids.next();
		List<String> withheld = this.jdbc.sql("""
				with %s
				update delivery.send s
				set status = 'withheld', reason = :reason, ready_at = null, deferred_until = null,
					ledger_entries = s.ledger_entries || :record::uuid, updated_at = :now
				from mine where s.tenant_id = :tenant and s.id = mine.id
				returning s.id
				""".formatted(which))
			.param("tenant", tenant.value())
			.param("campaign", campaign.value())
			.param("portion", PORTION)
			.param("reason", reason)
			.param("record", record)
			.param("now", DeliveryColumns.time(this.clock.instant()))
			.query(String.class)
			.list();
		this.records.record(tenant, "sends.withheld", record, withheld.isEmpty() ? Map.of() : Map.of(reason, withheld),
				Map.of("campaign", campaign.toString()));
		return withheld;
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
		return this.jdbc
			.sql("""
					select case
						when exists (select from delivery.queue where tenant_id = :tenant and campaign_id = :campaign) then true
						else exists (select from delivery.send
							where tenant_id = :tenant and run_id = :campaign and journey = 'campaign'
								and status in ('planned', 'cleared', 'queued', 'submitting', 'unknown'))
					end
					""")
			.param("tenant", tenant.value())
			.param("campaign", campaign.value())
			.query(Boolean.class)
			.single();
	}

	/**
	 * Counts the sends of a campaign by where they stand and why.
	 * @param tenant whose
	 * @param campaign which
	 * @return counts by status and reason; the empty reason stands for none
	 */
	public Map<SendStatus, Map<String, Long>> countByStatus(TenantId tenant, CampaignId campaign) {
		Map<SendStatus, Map<String, Long>> counts = new EnumMap<>(SendStatus.class);
		this.jdbc.sql("""
				select status, coalesce(reason, '') as reason, count(*) as sends from delivery.send
				where tenant_id = :tenant and run_id = :campaign and journey = 'campaign'
				group by 1, 2
				""").param("tenant", tenant.value()).param("campaign", campaign.value()).query((row) -> {
			counts.computeIfAbsent(DeliveryColumns.status(row.getString("status")), (status) -> new TreeMap<>())
				.put(row.getString("reason"), row.getLong("sends"));
		});
		return counts;
	}

	private record Written(SendId id, ProfileId profile, String status, @Nullable String reason) {

		static Written read(ResultSet row) throws SQLException {
			return new Written(new SendId(SendRowMapper.uuid(row, "id")),
					new ProfileId(SendRowMapper.uuid(row, "profile_id")), row.getString("status"),
					row.getString("reason"));
		}

		String decision() {
			return (this.reason != null) ? this.status + ":" + this.reason : this.status;
		}

	}

}
