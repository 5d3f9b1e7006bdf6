package io.waypost.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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

import io.waypost.database.AdvisoryLock;
import io.waypost.database.AdvisoryLocks;
import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.delivery.content.ExplanationPageRepository;
import io.waypost.delivery.queue.DailySendQuota;
import io.waypost.delivery.queue.DispatchSignal;
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
 * Adds the sends of campaigns, in batches of up to 1,000. Adding takes a shared lock,
 * cancelling in {@link CampaignSendControl} an exclusive one, so that sends added after a
 * cancellation are withheld.
 */
@Component
public class CampaignSends {

	/**
	 * Inserts in the order of profiles, so that concurrent calls for the same profiles
	 * wait for each other. Adds the hints of new rows, which have no xmax; a trigger adds
	 * those of updated rows.
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
				returning s.id, s.profile_id, s.status, s.reason, s.ready_at, s.xmax = 0 as inserted
			), hinted as (
				insert into delivery.queue (tenant_id, send_id, campaign_id, ready_at)
				select :tenant, id, :campaign, ready_at from written where inserted and status = 'queued'
			)
			select id, profile_id, status, reason from written
			""";

	/** Updates deferred sends; others are left unchanged. */
	private static final String ON_CONFLICT = """
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

	private final TransactionTemplate nested;

	private final AdvisoryLocks locks;

	private final CampaignSendControl control;

	private final SharedContents contents;

	private final ExplanationPageRepository pages;

	private final SendLedger sendLedger;

	private final DispatchSignal signal;

	private final DailySendQuota quota;

	private final DeliverySettings settings;

	private final IdGenerator ids;

	private final Clock clock;

	public CampaignSends(JdbcClient jdbc, TransactionTemplate transaction, AdvisoryLocks locks,
			CampaignSendControl control, SharedContents contents, ExplanationPageRepository pages,
			SendLedger sendLedger, DispatchSignal signal, DailySendQuota quota, DeliverySettings settings,
			IdGenerator ids, Clock clock) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.locks = locks;
		this.control = control;
		this.nested = new TransactionTemplate(Objects.requireNonNull(transaction.getTransactionManager()));
		this.nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
		this.contents = contents;
		this.pages = pages;
		this.sendLedger = sendLedger;
		this.signal = signal;
		this.quota = quota;
		this.settings = settings;
		this.ids = ids;
		this.clock = clock;
	}

	/**
	 * Writes decisions of a campaign, and one ledger entry that names every written send.
	 * A recipient who has a send of this campaign is skipped, unless it is deferred; then
	 * it is updated. Sends of a cancelled campaign are withheld.
	 * @param tenant tenant of the campaign
	 * @param campaign common data of the sends
	 * @param sends one per recipient, 500 to 1,000 per call
	 * @return the written sends by recipient
	 */
	public Map<ProfileId, SendId> add(TenantId tenant, CampaignSendBatch campaign, List<CampaignSend> sends) {
		if (sends.isEmpty()) {
			return Map.of();
		}
		List<WrittenSend> written = this.transaction.execute((status) -> {
			requireContents(tenant, sends);
			this.locks.lockShared(AdvisoryLock.CAMPAIGN_SENDS, tenant, campaign.campaign());
			UUID record = this.ids.next();
			List<CampaignSend> permitted = withinQuota(tenant, permitted(tenant, campaign.campaign(), sends));
			List<WrittenSend> rows = insert(tenant, campaign, permitted, record);
			giveBackUnused(tenant, permitted, rows);
			record(tenant, campaign, record, rows);
			return rows;
		});
		this.signal.raiseAfterCommit();
		return Objects.requireNonNull(written)
			.stream()
			.collect(Collectors.toMap(WrittenSend::profile, WrittenSend::id));
	}

	/**
	 * Refuses unknown content, because a send without content would block the queue, and
	 * queued content that its stored verdict does not allow. Reads each content once.
	 */
	private void requireContents(TenantId tenant, List<CampaignSend> sends) {
		Set<UUID> missing = new HashSet<>();
		Set<UUID> queued = new HashSet<>();
		for (CampaignSend send : sends) {
			if (send.content() != null) {
				missing.add(send.content());
			}
			if (send.status() == SendStatus.QUEUED) {
				queued.add(Objects.requireNonNull(send.content()));
			}
		}
		Map<UUID, SharedContents.LinkedContent> found = this.contents.read(tenant, missing);
		missing.removeAll(found.keySet());
		found.values().stream().filter((content) -> queued.contains(content.id())).forEach((content) -> {
			if (content.problem() != null) {
				throw new NotClearedException(
						"Content %s must not be queued: %s".formatted(content.id(), content.problem()));
			}
		});
		if (!missing.isEmpty()) {
			throw new IllegalArgumentException(
					"The contents %s do not exist; store them before sends refer to them".formatted(missing));
		}
	}

	/** Removes duplicates; withholds the sends of a cancelled campaign. */
	private List<CampaignSend> permitted(TenantId tenant, CampaignId campaign, List<CampaignSend> sends) {
		Optional<String> cancellation = this.control.cancellation(tenant, campaign);
		Map<ProfileId, CampaignSend> permitted = LinkedHashMap.newLinkedHashMap(sends.size());
		for (CampaignSend send : sends) {
			permitted.putIfAbsent(send.profile(), cancellation.map((reason) -> withheld(send, reason)).orElse(send));
		}
		return List.copyOf(permitted.values());
	}

	/** Moves the queued sends over the daily quota to later days. */
	private List<CampaignSend> withinQuota(TenantId tenant, List<CampaignSend> sends) {
		Instant now = this.clock.instant();
		List<CampaignSend> queued = sends.stream().filter((send) -> send.status() == SendStatus.QUEUED).toList();
		List<Instant> wanted = queued.stream().map((send) -> Objects.requireNonNullElse(send.readyAt(), now)).toList();
		List<Instant> granted = this.quota.take(tenant, wanted);
		if (granted.equals(wanted)) {
			return sends;
		}
		Map<ProfileId, Instant> moved = new HashMap<>();
		for (int index = 0; index < queued.size(); index++) {
			if (!granted.get(index).equals(wanted.get(index))) {
				moved.put(queued.get(index).profile(), granted.get(index));
			}
		}
		return sends.stream().map((send) -> moved(send, moved.get(send.profile()))).toList();
	}

	private static CampaignSend moved(CampaignSend send, @Nullable Instant readyAt) {
		return (readyAt == null) ? send : new CampaignSend(send.profile(), send.content(), send.variant(),
				send.status(), DailySendQuota.REASON, readyAt, null, send.explanation());
	}

	/** Recipients who had a send of this campaign before take no place of the quota. */
	private void giveBackUnused(TenantId tenant, List<CampaignSend> sends, List<WrittenSend> rows) {
		if (rows.size() < sends.size()) {
			Set<ProfileId> written = rows.stream().map(WrittenSend::profile).collect(Collectors.toSet());
			Instant now = this.clock.instant();
			this.quota.giveBack(tenant,
					sends.stream()
						.filter((send) -> send.status() == SendStatus.QUEUED && !written.contains(send.profile()))
						.map((send) -> Objects.requireNonNullElse(send.readyAt(), now))
						.toList());
		}
	}

	private static CampaignSend withheld(CampaignSend send, String reason) {
		return (send.status() == SendStatus.WITHHELD) ? send : new CampaignSend(send.profile(), send.content(),
				send.variant(), SendStatus.WITHHELD, reason, null, null, send.explanation());
	}

	/**
	 * Inserts without a check for existing sends first, because there are almost never
	 * any and the check takes up to a fifth of the statement's time. A duplicate key
	 * leads to the statement with the check.
	 */
	private List<WrittenSend> insert(TenantId tenant, CampaignSendBatch campaign, List<CampaignSend> sends,
			UUID record) {
		try {
			return Objects.requireNonNull(this.nested.execute((status) -> {
				List<WrittenSend> rows = insert(tenant, campaign, sends, record, "");
				explain(tenant, campaign, sends, record, rows, Map.of());
				return rows;
			}));
		}
		catch (DuplicateKeyException existing) {
			Map<ProfileId, ExplanationPageRepository.PagePosition> earlier = this.pages.find(tenant,
					campaign.campaign(), sends.stream().map(CampaignSend::profile).toList());
			List<WrittenSend> rows = insert(tenant, campaign, sends, record, ON_CONFLICT);
			earlier.keySet().retainAll(rows.stream().map(WrittenSend::profile).toList());
			explain(tenant, campaign, sends, record, rows, this.pages.remove(tenant, earlier));
			return rows;
		}
	}

	private List<WrittenSend> insert(TenantId tenant, CampaignSendBatch campaign, List<CampaignSend> sends, UUID record,
			String onConflict) {
		return this.jdbc.sql(INSERT.formatted(onConflict))
			.param("tenant", tenant.value())
			.param("campaign", campaign.campaign().value())
			.param("template", campaign.template())
			.param("topic", campaign.topic())
			.param("class", this.settings.messageClass(campaign.topic()))
			.param("record", record)
			.param("now", SqlTime.of(this.clock.instant()))
			.param("ids", SqlArray.uuids(sends, (send) -> this.ids.next()))
			.param("profiles", SqlArray.uuids(sends, (row) -> row.profile().value()))
			.param("statuses", SqlArray.texts(sends, (send) -> send.status().key()))
			.param("reasons", SqlArray.texts(sends, CampaignSend::reason))
			.param("variants", SqlArray.texts(sends, CampaignSend::variant))
			.param("contents", SqlArray.uuids(sends, CampaignSend::content))
			.param("deferred", SqlArray.times(sends, CampaignSend::deferredUntil))
			.param("ready", SqlArray.times(sends, CampaignSend::readyAt))
			.query((row, number) -> WrittenSend.read(row))
			.list();
	}

	/**
	 * Writes the explanations of the written sends. Earlier explanations of deferred
	 * sends are merged.
	 */
	private void explain(TenantId tenant, CampaignSendBatch campaign, List<CampaignSend> sends, UUID page,
			List<WrittenSend> rows, Map<ProfileId, Map<String, Object>> earlier) {
		if (rows.isEmpty()) {
			return;
		}
		Set<ProfileId> written = rows.stream().map(WrittenSend::profile).collect(Collectors.toSet());
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

	private void record(TenantId tenant, CampaignSendBatch campaign, UUID record, List<WrittenSend> rows) {
		Map<String, List<String>> byDecision = new TreeMap<>();
		rows.forEach((row) -> byDecision.computeIfAbsent(row.decision(), (key) -> new ArrayList<>())
			.add(row.id().toString()));
		this.sendLedger.record(tenant, "sends.decided", record, byDecision, Map.of("campaign",
				campaign.campaign().toString(), "template", campaign.template(), "topic", campaign.topic()));
	}

	private record WrittenSend(SendId id, ProfileId profile, String status, @Nullable String reason) {

		static WrittenSend read(ResultSet row) throws SQLException {
			return new WrittenSend(new SendId(SendRowMapper.uuid(row, "id")),
					new ProfileId(SendRowMapper.uuid(row, "profile_id")), row.getString("status"),
					row.getString("reason"));
		}

		String decision() {
			return (this.reason != null) ? this.status + ":" + this.reason : this.status;
		}

	}

}
