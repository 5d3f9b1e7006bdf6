package io.waypost.delivery.content;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import io.waypost.database.JsonColumn;
import io.waypost.database.SqlArray;
import io.waypost.delivery.store.SendRowMapper;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Stores the explanations of campaign sends, those of one chunk together in a page. The
 * explanations of a chunk are similar, so a compressed page is much smaller than single
 * values. A send refers to its page and to its index in the page. A page changes only
 * when explanations are moved or erased.
 */
@Component
public class ExplanationPageRepository {

	private final JdbcClient jdbc;

	private final JsonColumn json;

	public ExplanationPageRepository(JdbcClient jdbc, JsonColumn json) {
		this.jdbc = jdbc;
		this.json = json;
	}

	/**
	 * Writes a page.
	 * @param tenant tenant of the sends
	 * @param page id of the page
	 * @param trigger why the sends were planned
	 * @param explanations one per send; null for a send that was not written
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
			.param("explanations", this.json.deflate(explanations))
			.update();
	}

	/**
	 * Finds the explanations of deferred sends, and locks those sends.
	 * @param tenant tenant of the sends
	 * @param campaign id of the campaign
	 * @param profiles recipients
	 * @return positions for recipients whose send is deferred; modifiable
	 */
	public Map<ProfileId, PagePosition> find(TenantId tenant, CampaignId campaign, Collection<ProfileId> profiles) {
		Map<ProfileId, PagePosition> found = new HashMap<>();
		this.jdbc.sql("""
				select profile_id, explanation_page_id, explanation_index from delivery.send
				where tenant_id = :tenant and run_id = :campaign and profile_id = any(:profiles::uuid[])
					and status = 'deferred' and explanation_page_id is not null
				order by profile_id for update
				""")
			.param("tenant", tenant.value())
			.param("campaign", campaign.value())
			.param("profiles", SqlArray.uuids(profiles, (profile) -> profile.value()))
			.query((row) -> {
				found.put(new ProfileId(SendRowMapper.uuid(row, "profile_id")), new PagePosition(
						SendRowMapper.uuid(row, "explanation_page_id"), row.getInt("explanation_index")));
			});
		return found;
	}

	/**
	 * Removes explanations from their pages. Pages are locked in the order of their ids,
	 * so that concurrent calls cannot deadlock.
	 * @param tenant tenant of the sends
	 * @param positions positions by any key
	 * @return the removed explanations by key; empty positions are absent
	 */
	public <K> Map<K, Map<String, Object>> remove(TenantId tenant, Map<K, PagePosition> positions) {
		Map<UUID, Map<K, Integer>> byPage = new TreeMap<>();
		positions.forEach((key, position) -> byPage.computeIfAbsent(position.page(), (page) -> new HashMap<>())
			.put(key, position.index()));
		Map<K, Map<String, Object>> removed = new HashMap<>();
		byPage.forEach((page, indexes) -> removed.putAll(remove(tenant, page, indexes)));
		return removed;
	}

	private <K> Map<K, Map<String, Object>> remove(TenantId tenant, UUID page, Map<K, Integer> indexes) {
		List<@Nullable Map<String, Object>> explanations = lock(tenant, page);
		Map<K, Map<String, Object>> removed = new HashMap<>();
		indexes.forEach((key, index) -> {
			Map<String, Object> removedExplanation = explanations.set(index, null);
			if (removedExplanation != null) {
				removed.put(key, removedExplanation);
			}
		});
		this.jdbc.sql(
				"update delivery.explanation_page set explanations = :explanations where tenant_id = :tenant and id = :page")
			.param("explanations", this.json.deflate(explanations))
			.param("tenant", tenant.value())
			.param("page", page)
			.update();
		return removed;
	}

	private List<@Nullable Map<String, Object>> lock(TenantId tenant, UUID page) {
		byte[] explanations = this.jdbc.sql("""
				select explanations from delivery.explanation_page
				where tenant_id = :tenant and id = :page for update
				""").param("tenant", tenant.value()).param("page", page).query(byte[].class).single();
		return new ArrayList<>(this.json.inflate(explanations, SendRowMapper.EXPLANATION_PAGE));
	}

	/**
	 * Position of one explanation.
	 *
	 * @param page id of the page
	 * @param index index in the page, from 0
	 */
	public record PagePosition(UUID page, int index) {

	}

}
