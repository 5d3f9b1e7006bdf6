package io.waypost.delivery;

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

import io.waypost.content.Draft;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Words that many sends share. What never changes can be remembered. */
@Component
class SharedContents {

	private static final int REMEMBERED = 500;

	private final JdbcClient jdbc;

	private final Json json;

	private final Clock clock;

	private final Map<Key, Words> remembered = new ConcurrentHashMap<>();

	SharedContents(JdbcClient jdbc, Json json, Clock clock) {
		this.jdbc = jdbc;
		this.json = json;
		this.clock = clock;
	}

	/** Stores words; those that are there already stay as they are. */
	void share(TenantId tenant, List<SharedContent> contents) {
		this.jdbc.sql("""
				insert into delivery.content (tenant_id, id, draft, links, explanation, created_at)
				select :tenant, id, draft, string_to_array(links, E'\\n'), explanation, :now
				from unnest(:ids::uuid[], :drafts::jsonb[], :links::text[], :explanations::jsonb[])
					as c(id, draft, links, explanation)
				on conflict do nothing
				""")
			.param("tenant", tenant.value())
			.param("now", Columns.time(this.clock.instant()))
			.param("ids", Columns.of(contents, SharedContent::id))
			.param("drafts", Columns.of(contents, (content) -> this.json.write(content.draft())))
			.param("links", Columns.of(contents, (content) -> String.join("\n", DraftLinks.of(content.draft()))))
			.param("explanations", Columns.of(contents, (content) -> this.json.write(content.explanation())))
			.update();
	}

	/** Reads words with their explanation. */
	Optional<SharedContent> find(TenantId tenant, UUID content) {
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
	Map<UUID, Words> read(TenantId tenant, Collection<UUID> ids) {
		Map<UUID, Words> found = new HashMap<>();
		for (UUID id : ids) {
			Words words = this.remembered.get(new Key(tenant, id));
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

	private Map<UUID, Words> load(TenantId tenant, Set<UUID> ids) {
		Map<UUID, Words> loaded = new HashMap<>();
		this.jdbc
			.sql("select id, draft, links from delivery.content where tenant_id = :tenant and id = any(:ids::uuid[])")
			.param("tenant", tenant.value())
			.param("ids", Columns.of(ids, (id) -> id))
			.query((row) -> {
				Words words = words(row);
				loaded.put(words.id(), words);
			});
		if (this.remembered.size() > REMEMBERED) {
			this.remembered.clear();
		}
		loaded.forEach((id, words) -> this.remembered.put(new Key(tenant, id), words));
		return loaded;
	}

	private Words words(ResultSet row) throws SQLException {
		return new Words(SendRows.uuid(row, "id"), Objects.requireNonNull(this.json.readDraft(row.getString("draft"))),
				SendRows.texts(row, "links"));
	}

	/**
	 * Words and their numbered links.
	 *
	 * @param id which content
	 * @param draft what it says
	 * @param links where it leads
	 */
	record Words(UUID id, Draft draft, List<String> links) {

	}

	private record Key(TenantId tenant, UUID id) {

	}

}
