package io.waypost.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.waypost.content.EmailDraft;
import io.waypost.database.JsonColumn;
import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.delivery.store.SendRowMapper;
import io.waypost.delivery.tracking.DraftLinkExtractor;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Stores content that many sends share. Content never changes, so it is cached without
 * invalidation: at most 500 entries.
 */
@Component
public class SharedContents {

	private static final int CACHE_SIZE = 500;

	private final JdbcClient jdbc;

	private final JsonColumn json;

	private final Clock clock;

	private final Cache<Key, LinkedContent> cache = Caffeine.newBuilder().maximumSize(CACHE_SIZE).build();

	public SharedContents(JdbcClient jdbc, JsonColumn json, Clock clock) {
		this.jdbc = jdbc;
		this.json = json;
		this.clock = clock;
	}

	/** Stores content. Existing content with the same id is left unchanged. */
	public void store(TenantId tenant, List<SharedContent> contents) {
		this.jdbc.sql("""
				insert into delivery.shared_content (tenant_id, id, draft, links, explanation, created_at)
				select :tenant, id, draft, string_to_array(links, E'\\n'), explanation, :now
				from unnest(:ids::uuid[], :drafts::jsonb[], :links::text[], :explanations::jsonb[])
					as c(id, draft, links, explanation)
				on conflict do nothing
				""")
			.param("tenant", tenant.value())
			.param("now", SqlTime.of(this.clock.instant()))
			.param("ids", SqlArray.uuids(contents, SharedContent::id))
			.param("drafts", SqlArray.texts(contents, (content) -> this.json.write(content.draft())))
			.param("links",
					SqlArray.texts(contents,
							(content) -> String.join("\n", DraftLinkExtractor.extract(content.draft()))))
			.param("explanations", SqlArray.texts(contents, (content) -> this.json.write(content.explanation())))
			.update();
	}

	/** Reads content with its explanation. */
	public Optional<SharedContent> find(TenantId tenant, UUID content) {
		return this.jdbc.sql("select draft, explanation from delivery.shared_content where tenant_id = ? and id = ?")
			.params(tenant.value(), content)
			.query((row, number) -> new SharedContent(content, this.json.read(row.getString("draft"), EmailDraft.class),
					this.json.readMap(row.getString("explanation"))))
			.optional();
	}

	/**
	 * Reads the drafts of shared content, from the cache where possible.
	 * @param tenant tenant of the content
	 * @param contents ids of the content
	 * @return the drafts of existing content by id
	 */
	public Map<UUID, EmailDraft> drafts(TenantId tenant, Collection<UUID> contents) {
		return read(tenant, contents).values()
			.stream()
			.collect(Collectors.toMap(LinkedContent::id, LinkedContent::draft));
	}

	/**
	 * Reads content, from the cache where possible.
	 * @param tenant tenant of the content
	 * @param ids ids of the content
	 * @return the existing content by id
	 */
	public Map<UUID, LinkedContent> read(TenantId tenant, Collection<UUID> ids) {
		List<Key> keys = ids.stream().map((id) -> new Key(tenant, id)).toList();
		Map<UUID, LinkedContent> found = new HashMap<>();
		this.cache.getAll(keys, (missing) -> load(tenant, missing))
			.forEach((key, content) -> found.put(key.id(), content));
		return found;
	}

	/**
	 * Returns why content may no longer be sent.
	 * @param tenant tenant of the content
	 * @param contents ids of the content
	 * @param brand digest of the live brand kit
	 * @return short codes by id, only for content whose validity has ended or that was
	 * inspected with another brand kit
	 */
	public Map<UUID, String> ended(TenantId tenant, Collection<UUID> contents, String brand) {
		Instant now = this.clock.instant();
		Map<UUID, String> ended = new HashMap<>();
		read(tenant, contents).values().forEach((content) -> {
			String reason = (content.validity() != null) ? content.validity().reason(now) : null;
			if (reason != null) {
				ended.put(content.id(), reason);
			}
			else if (!brand.equals(content.brand())) {
				ended.put(content.id(), ContentClearance.BRAND_CHANGED);
			}
		});
		return ended;
	}

	private Map<Key, LinkedContent> load(TenantId tenant, Set<? extends Key> keys) {
		Map<Key, LinkedContent> loaded = new HashMap<>();
		this.jdbc.sql(
				"select id, draft, links, explanation from delivery.shared_content where tenant_id = :tenant and id = any(:ids::uuid[])")
			.param("tenant", tenant.value())
			.param("ids", SqlArray.uuids(keys, (key) -> key.id()))
			.query((row) -> {
				LinkedContent content = linkedContent(row);
				loaded.put(new Key(tenant, content.id()), content);
			});
		return loaded;
	}

	private LinkedContent linkedContent(ResultSet row) throws SQLException {
		EmailDraft draft = this.json.read(row.getString("draft"), EmailDraft.class);
		Map<String, Object> explanation = this.json.readMap(row.getString("explanation"));
		return new LinkedContent(SendRowMapper.uuid(row, "id"), draft, SendRowMapper.texts(row, "links"),
				ContentClearance.problem(draft, explanation).orElse(null),
				ContentClearance.validity(explanation).orElse(null), ContentClearance.brand(explanation).orElse(null));
	}

	/**
	 * Content with its numbered links.
	 *
	 * @param id id of the content
	 * @param draft the draft
	 * @param links URLs of its links
	 * @param problem why it must not be sent, null when it was inspected and, if needed,
	 * approved
	 * @param validity until when it may be sent, null without limit
	 * @param brand digest of the brand kit that it was inspected with
	 */
	public record LinkedContent(UUID id, EmailDraft draft, List<String> links, @Nullable String problem,
			ContentClearance.@Nullable ContentValidity validity, @Nullable String brand) {

	}

	private record Key(TenantId tenant, UUID id) {

	}

}
