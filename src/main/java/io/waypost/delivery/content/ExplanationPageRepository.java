package io.waypost.delivery.content;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import io.waypost.delivery.store.DeliveryColumns;
import io.waypost.delivery.store.DeliveryJson;
import io.waypost.delivery.store.SendRowMapper;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What explains the sends of a campaign, those of one chunk on a page: a thousand
 * explanations differ in little, so together they take a fraction of their room. A send
 * knows its page and its entry there. Pages change only when somebody is forgotten.
 */
@Component
public class ExplanationPageRepository {

	private final JdbcClient jdbc;

	private final DeliveryJson json;

	public ExplanationPageRepository(JdbcClient jdbc, DeliveryJson json) {
		this.jdbc = jdbc;
		this.json = json;
	}

	/**
	 * Writes a page.
	 * @param tenant whose
	 * @param page its id
	 * @param trigger why all these sends were planned
	 * @param explanations an entry for each send, null where none was written
	 */
	public void write(TenantId tenant, UUID page, Map<String, Object> trigger,
			List<? extends @Nullable Map<String, Object>> explanations) {
		this.jdbc.sql("""
				insert into delivery.explanation_page (tenant_id, id, trigger, explanations)
				values (:tenant, :page, :trigger::jsonb, :explanations)
				""")
			.param("tenant", tenant.value())
			.param("page", page)
			.param("trigger", this.json.write(trigger))
			.param("explanations", this.json.compress(explanations))
			.update();
	}

	/**
	 * Finds where the explanations of people who were put off stand, and locks their
	 * sends.
	 * @param tenant whose
	 * @param campaign which
	 * @param people of whom
	 * @return entries of those who are deferred; may be changed
	 */
	public Map<ProfileId, PagePosition> find(TenantId tenant, CampaignId campaign, Collection<ProfileId> people) {
		Map<ProfileId, PagePosition> found = new HashMap<>();
		this.jdbc.sql("""
				select profile_id, page_id, page_entry from delivery.send
				where tenant_id = :tenant and run_id = :campaign and profile_id = any(:people::uuid[])
					and status = 'deferred' and page_id is not null
				order by profile_id for update
				""")
			.param("tenant", tenant.value())
			.param("campaign", campaign.value())
			.param("people", DeliveryColumns.of(people, (person) -> person))
			.query((row) -> {
				found.put(new ProfileId(SendRowMapper.uuid(row, "profile_id")),
						new PagePosition(SendRowMapper.uuid(row, "page_id"), row.getInt("page_entry")));
			});
		return found;
	}

	/**
	 * Takes entries off their pages for good. Pages are locked in the order of their ids,
	 * because two who forget may meet on them.
	 * @param tenant whose
	 * @param entries where they stand, by whatever they belong to
	 * @return what they said; entries that were empty are absent
	 */
	public <K> Map<K, Map<String, Object>> remove(TenantId tenant, Map<K, PagePosition> entries) {
		Map<UUID, Map<K, Integer>> byPage = new TreeMap<>();
		entries.forEach((key, entry) -> byPage.computeIfAbsent(entry.page(), (page) -> new HashMap<>())
			.put(key, entry.index()));
		Map<K, Map<String, Object>> said = new HashMap<>();
		byPage.forEach((page, numbers) -> said.putAll(remove(tenant, page, numbers)));
		return said;
	}

	private <K> Map<K, Map<String, Object>> remove(TenantId tenant, UUID page, Map<K, Integer> numbers) {
		List<@Nullable Map<String, Object>> explanations = lock(tenant, page);
		Map<K, Map<String, Object>> said = new HashMap<>();
		numbers.forEach((key, number) -> {
			Map<String, Object> one = explanations.set(number, null);
			if (one != null) {
				said.put(key, one);
			}
		});
		this.jdbc
			.sql("update delivery.explanation_page set explanations = :left where tenant_id = :tenant and id = :page")
			.param("left", this.json.compress(explanations))
			.param("tenant", tenant.value())
			.param("page", page)
			.update();
		return said;
	}

	private List<@Nullable Map<String, Object>> lock(TenantId tenant, UUID page) {
		byte[] explanations = this.jdbc.sql("""
				select explanations from delivery.explanation_page
				where tenant_id = :tenant and id = :page for update
				""").param("tenant", tenant.value()).param("page", page).query(byte[].class).single();
		return new ArrayList<>(this.json.decompress(explanations));
	}

	/**
	 * Where one explanation stands.
	 *
	 * @param page id of the page
	 * @param number from 0
	 */
	public record PagePosition(UUID page, int index) {

	}

}
