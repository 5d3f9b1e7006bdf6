package io.waypost.delivery.profile;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.waypost.consent.Suppressions;
import io.waypost.database.JsonColumn;
import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.delivery.ExplainedSend;
import io.waypost.delivery.Send;
import io.waypost.delivery.SendFilter;
import io.waypost.delivery.SendLog;
import io.waypost.delivery.SendStateMachine;
import io.waypost.delivery.SendStatus;
import io.waypost.delivery.SentContent;
import io.waypost.delivery.SentContentRenderer;
import io.waypost.delivery.content.ExplanationPageRepository;
import io.waypost.delivery.store.SendRowMapper;
import io.waypost.identity.AddressHash;
import io.waypost.identity.PersonalRecords;
import io.waypost.identity.ProfileErased;
import io.waypost.kernel.Page;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Exports and erases the sends of a profile. An erasure removes content, links, triggers
 * and features from every send and withholds those that were not submitted yet. The rows
 * stay for counts, for late reports and for the unsubscribe links in delivered messages.
 */
@Component
@Order(60)
class DeliveryPersonalData implements PersonalRecords {

	private static final String ACTOR = "system:erasure";

	private static final int PAGE_SIZE = 100;

	private final JdbcClient jdbc;

	private final SendLog sendLog;

	private final SentContentRenderer renderer;

	private final ExplanationPageRepository pages;

	private final JsonColumn json;

	private final Suppressions suppressions;

	private final Ledger ledger;

	private final Clock clock;

	DeliveryPersonalData(JdbcClient jdbc, SendLog sendLog, SentContentRenderer renderer,
			ExplanationPageRepository pages, JsonColumn json, Suppressions suppressions, Ledger ledger, Clock clock) {
		this.jdbc = jdbc;
		this.sendLog = sendLog;
		this.renderer = renderer;
		this.pages = pages;
		this.json = json;
		this.suppressions = suppressions;
		this.ledger = ledger;
		this.clock = clock;
	}

	@Override
	public String section() {
		return "sends";
	}

	@Override
	public void read(TenantId tenant, ProfileId profile, Consumer<Object> sink) {
		SendFilter filter = new SendFilter(profile, null, null, null);
		@Nullable String cursor = null;
		do {
			Page<Send> page = this.sendLog.list(tenant, filter, PAGE_SIZE, cursor);
			page.items().forEach((send) -> sink.accept(message(tenant, send)));
			cursor = page.nextCursor();
		}
		while (cursor != null);
	}

	@EventListener
	@Order(35)
	void on(ProfileErased erased) {
		List<ClearedSend> sends = clear(erased);
		removeExplanations(erased.tenant(), sends);
		this.jdbc.sql("""
				delete from delivery.sandbox_message
				where tenant_id = :tenant and send_id = any(:sends::uuid[])
				""")
			.param("tenant", erased.tenant().value())
			.param("sends", SqlArray.uuids(sends, (row) -> row.id().value()))
			.update();
		List<ClearedSend> withheld = sends.stream().filter(ClearedSend::isWithheld).toList();
		Instant now = this.clock.instant();
		this.ledger.record(withheld.stream().map((send) -> send.entry(erased.tenant(), now)).toList());
		suppress(erased, sends);
		erased.count("sends", sends.size());
		erased.count("sendsStopped", withheld.size());
	}

	/**
	 * Withholds queued sends. A send that may be at a provider at this moment cannot be
	 * recalled: it is never submitted again, and the new fence prevents the node that
	 * holds it from queueing it again. The explanation keeps only the names and versions
	 * of tables.
	 */
	private List<ClearedSend> clear(ProfileErased erased) {
		return this.jdbc
			.sql("""
					with target as (
						select s.id, s.status as old_status, s.explanation_page_id, s.explanation_index,
							coalesce(c.explanation, '{}') || s.explanation as explanation
						from delivery.send s left join delivery.shared_content c on c.tenant_id = s.tenant_id and c.id = s.content_id
						where s.tenant_id = :tenant and s.profile_id = any(:profiles::uuid[]) order by s.id for update of s
					)
					update delivery.send s
					set status = case when target.old_status = any(:waiting::text[]) then 'withheld'
							when target.old_status in ('submitting', 'unknown') then 'resolved_by_policy' else s.status end,
						reason = case when target.old_status = any(:open::text[]) then 'erased' else s.reason end,
						fence = s.fence + case when target.old_status in ('submitting', 'unknown') then 1 else 0 end,
						draft = null, content_id = null, links = '{}', trigger = '{}', properties = '{}', variant = null,
						explanation = jsonb_strip_nulls(jsonb_build_object('permission', target.explanation -> 'permission',
							'versions', target.explanation -> 'versions')),
						explanation_page_id = null, explanation_index = null, deferred_until = null, ready_at = null,
						lease_until = null, unknown_since = null, updated_at = :now
					from target where s.tenant_id = :tenant and s.id = target.id
					returning s.id, target.old_status, s.status, s.address_hash, target.explanation_page_id, target.explanation_index
					""")
			.param("tenant", erased.tenant().value())
			.param("profiles", SqlArray.uuids(erased.profiles(), (profile) -> profile.value()))
			.param("waiting", SqlArray.texts(SendStateMachine.sources(SendStatus.WITHHELD), SendStatus::key))
			.param("open", unfinished())
			.param("now", SqlTime.of(this.clock.instant()))
			.query((row, number) -> new ClearedSend(new SendId(SendRowMapper.uuid(row, "id")),
					row.getString("old_status"), row.getString("status"), row.getString("address_hash"), position(row)))
			.list();
	}

	private static ExplanationPageRepository.@Nullable PagePosition position(ResultSet row) throws SQLException {
		UUID page = row.getObject("explanation_page_id", UUID.class);
		return (page != null) ? new ExplanationPageRepository.PagePosition(page, row.getInt("explanation_index"))
				: null;
	}

	private void removeExplanations(TenantId tenant, List<ClearedSend> sends) {
		Map<SendId, ExplanationPageRepository.PagePosition> positions = new HashMap<>();
		for (ClearedSend send : sends) {
			if (send.position() != null) {
				positions.put(send.id(), send.position());
			}
		}
		this.pages.remove(tenant, positions).forEach((send, removed) -> keepPermission(tenant, send, removed));
	}

	private void keepPermission(TenantId tenant, SendId send, Map<String, Object> removed) {
		Object permission = removed.get("permission");
		if (permission != null) {
			this.jdbc.sql("""
					update delivery.send set explanation = explanation || :permission::jsonb
					where tenant_id = :tenant and id = :send
					""")
				.param("permission", this.json.write(Map.of("permission", permission)))
				.param("tenant", tenant.value())
				.param("send", send.value())
				.update();
		}
	}

	private static SqlArray unfinished() {
		Set<SendStatus> unfinished = new HashSet<>(SendStateMachine.sources(SendStatus.WITHHELD));
		unfinished.addAll(SendStateMachine.sources(SendStatus.RESOLVED_BY_POLICY));
		return SqlArray.texts(unfinished, SendStatus::key);
	}

	/** Suppresses every address that was ever used, not only the current one. */
	private void suppress(ProfileErased erased, List<ClearedSend> sends) {
		this.suppressions.suppressErased(erased,
				sends.stream().flatMap((send) -> send.address().stream()).collect(Collectors.toSet()));
	}

	private ExportedSend message(TenantId tenant, Send send) {
		return new ExportedSend(send,
				this.sendLog.find(tenant, send.id()).map(ExplainedSend::explanation).orElse(Map.of()),
				this.renderer.render(tenant, send.id()).orElse(null));
	}

	/**
	 * One send as its recipient may see it.
	 *
	 * @param send the send
	 * @param explanation why it was sent or withheld, and by which provider
	 * @param content the content, null when there is none
	 */
	record ExportedSend(Send send, Map<String, Object> explanation, @Nullable SentContent content) {
	}

	private record ClearedSend(SendId id, String oldStatus, String status, @Nullable String addressHash,
			ExplanationPageRepository.@Nullable PagePosition position) {

		boolean isWithheld() {
			return !this.oldStatus.equals(this.status);
		}

		List<AddressHash> address() {
			return (this.addressHash != null) ? List.of(new AddressHash(this.addressHash)) : List.of();
		}

		LedgerEntry entry(TenantId tenant, Instant now) {
			return new LedgerEntry(tenant, now, "send." + this.status, "send:" + this.id, ACTOR,
					Map.of("reason", "erased", "was", this.oldStatus));
		}

	}

}
