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

import io.waypost.consent.SuppressionReason;
import io.waypost.consent.Suppressions;
import io.waypost.delivery.ExplainedSend;
import io.waypost.delivery.Send;
import io.waypost.delivery.SendFilter;
import io.waypost.delivery.SendLog;
import io.waypost.delivery.SendStateMachine;
import io.waypost.delivery.SendStatus;
import io.waypost.delivery.SentContent;
import io.waypost.delivery.SentContentRenderer;
import io.waypost.delivery.content.ExplanationPageRepository;
import io.waypost.delivery.store.DeliveryColumns;
import io.waypost.delivery.store.DeliveryJson;
import io.waypost.delivery.store.SendRowMapper;
import io.waypost.identity.AddressHash;
import io.waypost.identity.PersonalRecords;
import io.waypost.identity.ProfileErased;
import io.waypost.identity.Profiles;
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
 * What a person was sent. An erasure takes the words, links, triggers and features out of
 * every send and stops those that have not left; the bare send stays, for the counts, for
 * late reports and for the unsubscribe link in the person's inbox.
 */
@Component
@Order(60)
class DeliveryPersonalData implements PersonalRecords {

	private static final String ACTOR = "system:erasure";

	private static final int PAGE = 100;

	private final JdbcClient jdbc;

	private final SendLog log;

	private final SentContentRenderer contents;

	private final ExplanationPageRepository pages;

	private final DeliveryJson json;

	private final Suppressions suppressions;

	private final Profiles profiles;

	private final Ledger ledger;

	private final Clock clock;

	DeliveryPersonalData(JdbcClient jdbc, SendLog log, SentContentRenderer contents, ExplanationPageRepository pages,
			DeliveryJson json, Suppressions suppressions, Profiles profiles, Ledger ledger, Clock clock) {
		this.jdbc = jdbc;
		this.log = log;
		this.contents = contents;
		this.pages = pages;
		this.json = json;
		this.suppressions = suppressions;
		this.profiles = profiles;
		this.ledger = ledger;
		this.clock = clock;
	}

	@Override
	public String section() {
		return "sends";
	}

	@Override
	public void read(TenantId tenant, ProfileId profile, Consumer<Object> sink) {
		SendFilter mine = new SendFilter(profile, null, null, null);
		@Nullable String cursor = null;
		do {
			Page<Send> page = this.log.list(tenant, mine, PAGE, cursor);
			page.items().forEach((send) -> sink.accept(message(tenant, send)));
			cursor = page.nextCursor();
		}
		while (cursor != null);
	}

	@EventListener
	@Order(35)
	void on(ProfileErased erased) {
		List<Emptied> sends = empty(erased);
		forgetPages(erased.tenant(), sends);
		this.jdbc.sql("""
				delete from delivery.sandbox_message
				where tenant_id = :tenant and send_id = any(:sends::uuid[])
				""")
			.param("tenant", erased.tenant().value())
			.param("sends", DeliveryColumns.of(sends, Emptied::id))
			.update();
		List<Emptied> stopped = sends.stream().filter(Emptied::isStopped).toList();
		Instant now = this.clock.instant();
		this.ledger.record(stopped.stream().map((send) -> send.entry(erased.tenant(), now)).toList());
		block(erased, sends);
		erased.count("sends", sends.size());
		erased.count("sendsStopped", stopped.size());
	}

	/**
	 * What waits is withheld. What a provider may be reading at this moment cannot be
	 * called back: it is never tried again, and the new fence keeps the node that holds
	 * it from putting it back into the queue. Of the explanation only what names tables
	 * and versions stays.
	 */
	private List<Emptied> empty(ProfileErased erased) {
		return this.jdbc
			.sql("""
					with mine as (
						select s.id, s.status as was, s.page_id, s.page_entry,
							coalesce(c.explanation, '{}') || s.explanation as told
						from delivery.send s left join delivery.content c on c.tenant_id = s.tenant_id and c.id = s.content_id
						where s.tenant_id = :tenant and s.profile_id = any(:profiles::uuid[]) order by s.id for update of s
					)
					update delivery.send s
					set status = case when mine.was = any(:waiting::text[]) then 'withheld'
							when mine.was in ('submitting', 'unknown') then 'resolved_by_policy' else s.status end,
						reason = case when mine.was = any(:open::text[]) then 'erased' else s.reason end,
						fence = s.fence + case when mine.was in ('submitting', 'unknown') then 1 else 0 end,
						draft = null, content_id = null, links = '{}', trigger = '{}', properties = '{}', variant = null,
						explanation = jsonb_strip_nulls(jsonb_build_object('permission', mine.told -> 'permission',
							'versions', mine.told -> 'versions')),
						page_id = null, page_entry = null, deferred_until = null, ready_at = null, lease_until = null, unknown_since = null, updated_at = :now
					from mine where s.tenant_id = :tenant and s.id = mine.id
					returning s.id, mine.was, s.status, s.address_hash, mine.page_id, mine.page_entry
					""")
			.param("tenant", erased.tenant().value())
			.param("profiles", DeliveryColumns.of(erased.profiles(), (profile) -> profile))
			.param("waiting", DeliveryColumns.of(SendStateMachine.sources(SendStatus.WITHHELD), DeliveryColumns::name))
			.param("open", open())
			.param("now", DeliveryColumns.time(this.clock.instant()))
			.query((row, number) -> new Emptied(new SendId(SendRowMapper.uuid(row, "id")), row.getString("was"),
					row.getString("status"), row.getString("address_hash"), entry(row)))
			.list();
	}

	private static ExplanationPageRepository.@Nullable PagePosition entry(ResultSet row) throws SQLException {
		UUID page = row.getObject("page_id", UUID.class);
		return (page != null) ? new ExplanationPageRepository.PagePosition(page, row.getInt("page_entry")) : null;
	}

	private void forgetPages(TenantId tenant, List<Emptied> sends) {
		Map<SendId, ExplanationPageRepository.PagePosition> entries = new HashMap<>();
		for (Emptied send : sends) {
			if (send.explained() != null) {
				entries.put(send.id(), send.explained());
			}
		}
		this.pages.remove(tenant, entries).forEach((send, said) -> keepPermission(tenant, send, said));
	}

	private void keepPermission(TenantId tenant, SendId send, Map<String, Object> said) {
		Object permission = said.get("permission");
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

	private static @Nullable String[] open() {
		Set<SendStatus> open = new HashSet<>(SendStateMachine.sources(SendStatus.WITHHELD));
		open.addAll(SendStateMachine.sources(SendStatus.RESOLVED_BY_POLICY));
		return DeliveryColumns.of(open, DeliveryColumns::name);
	}

	/** Not only the last address: every one that was ever written to. */
	private void block(ProfileErased erased, List<Emptied> sends) {
		Set<AddressHash> addresses = sends.stream()
			.flatMap((send) -> send.address().stream())
			.collect(Collectors.toCollection(HashSet::new));
		addresses.removeAll(this.profiles.addressesInUse(erased.tenant(), addresses));
		erased.count("addressesBlocked",
				this.suppressions.suppress(erased.tenant(), addresses, SuppressionReason.ERASED, ACTOR));
	}

	private ExportedSend message(TenantId tenant, Send send) {
		return new ExportedSend(send, this.log.find(tenant, send.id()).map(ExplainedSend::explanation).orElse(Map.of()),
				this.contents.render(tenant, send.id()).orElse(null));
	}

	/**
	 * One message as its recipient may see it.
	 *
	 * @param send where it stands
	 * @param explanation why it was sent or not, by whom it was carried
	 * @param content the words, null when there are none
	 */
	record ExportedSend(Send send, Map<String, Object> explanation, @Nullable SentContent content) {
	}

	private record Emptied(SendId id, String was, String status, @Nullable String addressHash,
			ExplanationPageRepository.@Nullable PagePosition explained) {

		boolean isStopped() {
			return !this.was.equals(this.status);
		}

		List<AddressHash> address() {
			return (this.addressHash != null) ? List.of(new AddressHash(this.addressHash)) : List.of();
		}

		LedgerEntry entry(TenantId tenant, Instant now) {
			return new LedgerEntry(tenant, now, "send." + this.status, "send:" + this.id, ACTOR,
					Map.of("reason", "erased", "was", this.was));
		}

	}

}
