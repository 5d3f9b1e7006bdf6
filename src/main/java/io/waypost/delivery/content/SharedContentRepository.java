package io.waypost.delivery.content;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import io.waypost.content.EmailDraft;
import io.waypost.delivery.SharedContent;
import io.waypost.delivery.store.DeliveryColumns;
import io.waypost.delivery.store.DeliveryJson;
import io.waypost.delivery.store.SendRowMapper;
import io.waypost.delivery.tracking.DraftLinkExtractor;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Words that many sends share. What never changes can be remembered. */
@Component
public class SharedContentRepository {

	private static final int REMEMBERED = 500;

	private final JdbcClient jdbc;

	private final DeliveryJson json;

	private final Clock clock;

	private final Map<Key, LinkedContent> remembered = new ConcurrentHashMap<>();

	public SharedContentRepository(JdbcClient jdbc, DeliveryJson json, Clock clock) {
		this.jdbc = jdbc;
		this.json = json;
		this.clock = clock;
	}

	/** Stores words; those that are there already stay as they are. */
	public void store(TenantId tenant, List<SharedContent> contents) {
		this.jdbc.sql("""
				insert into delivery.content (tenant_id, id, draft, links, explanation, created_at)
				select :tenant, id, draft, string_to_array(links, E'\\n'), explanation, :now
				from unnest(:ids::uuid[], :drafts::jsonb[], :links::text[], :explanations::jsonb[])
					as c(id, draft, links, explanation)
				on conflict do nothing
				""")
			.param("tenant", tenant.value())
			.param("now", DeliveryColumns.time(this.clock.instant()))
			.param("ids", DeliveryColumns.of(contents, SharedContent::id))
			.param("drafts", DeliveryColumns.of(contents, (content) -> this.json.write(content.draft())))
			.param("links",
					DeliveryColumns.of(contents,
							(content) -> String.join("\n", DraftLinkExtractor.extract(content.draft()))))
			.param("explanations", DeliveryColumns.of(contents, (content) -> this.json.write(content.explanation())))
			.update();
	}

	/** Reads words with their explanation. */
	public Optional<SharedContent> find(TenantId tenant, UUID content) {
		return this.jdbc.sql("select draft, explanation from delivery.content where tenant_id = ? and id = ?")
			.params(tenant.value(), content)
			.query((row, number) -> new SharedContent(content,
					Objects.requireNonNull(this.json.readDraft(row.getString("draft"))),
					this.json.readMap(row.getString("explanation"))))
			.optional();
	}

	/**
	 * Reads words, most of the time without asking the database.
	 * @param tenant whose
	 * @param ids which
	 * @return those that exist
	 */
	public Map<UUID, LinkedContent> read(TenantId tenant, Collection<UUID> ids) {
		Map<UUID, LinkedContent> found = new HashMap<>();
		for (UUID id : ids) {
			LinkedContent words = this.remembered.get(new Key(tenant, id));
			if (words != null) {
				found.put(id, words);
			}
		}
		Set<UUID> unknown = ids.stream().filter((id) -> !found.containsKey(id)).collect(Collectors.toSet());
		if (!unknown.isEmpty()) {
			found.putAll(load(tenant, unknown));
		}
		return found;
	}

	private Map<UUID, LinkedContent> load(TenantId tenant, Set<UUID> ids) {
		Map<UUID, LinkedContent> loaded = new HashMap<>();
		this.jdbc
			.sql("select id, draft, links from delivery.content where tenant_id = :tenant and id = any(:ids::uuid[])")
			.param("tenant", tenant.value())
			.param("ids", DeliveryColumns.of(ids, (id) -> id))
			.query((row) -> {
				LinkedContent words = words(row);
				loaded.put(words.id(), words);
			});
		if (this.remembered.size() > REMEMBERED) {
			this.remembered.clear();
		}
		loaded.forEach((id, words) -> this.remembered.put(new Key(tenant, id), words));
		return loaded;
	}

	private LinkedContent words(ResultSet row) throws SQLException {
		return new LinkedContent(SendRowMapper.uuid(row, "id"),
				Objects.requireNonNull(this.json.readDraft(row.getString("draft"))), SendRowMapper.texts(row, "links"));
	}

	/**
	 * Words and their numbered links.
	 *
	 * @param id which content
	 * @param draft what it says
	 * @param links where it leads
	 */
	public record LinkedContent(UUID id, EmailDraft draft, List<String> links) {

	}

	private record Key(TenantId tenant, UUID id) {

	}

}
