package io.waypost.audience.segment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.waypost.audience.language.Condition;
import io.waypost.consent.Topic;
import io.waypost.consent.Topics;
import io.waypost.kernel.Suggestions;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Notices what makes sense but is probably not meant: an event nobody ever did, a topic
 * nobody can agree to.
 */
@Component
public class SegmentHints {

	private final JdbcClient jdbc;

	private final Topics topics;

	public SegmentHints(JdbcClient jdbc, Topics topics) {
		this.jdbc = jdbc;
		this.topics = topics;
	}

	public List<String> of(TenantId tenant, Collection<Condition> conditions) {
		List<String> hints = new ArrayList<>();
		Map<String, Set<String>> seen = conditions.stream().anyMatch(Condition.Performed.class::isInstance)
				? seen(tenant) : Map.of();
		for (Condition condition : conditions) {
			switch (condition) {
				case Condition.Performed did -> addDeed(did, seen, hints);
				case Condition.ConsentAnswer answered -> addTopic(tenant, answered, hints);
				default -> {
				}
			}
		}
		return hints;
	}

	private static void addDeed(Condition.Performed did, Map<String, Set<String>> seen, List<String> hints) {
		Set<String> categories = seen.get(did.event());
		String category = did.category();
		if (categories == null) {
			hints.add("Nobody ever did '%s'%s".formatted(did.event(), meant(did.event(), seen.keySet())));
		}
		else if (category != null && !categories.contains(category)) {
			hints.add("Nobody ever did '%s' with category '%s'%s".formatted(did.event(), category,
					meant(category, categories)));
		}
	}

	private void addTopic(TenantId tenant, Condition.ConsentAnswer answered, List<String> hints) {
		Set<String> topics = this.topics.of(tenant).stream().map(Topic::key).collect(Collectors.toSet());
		if (!topics.contains(answered.topic())) {
			hints.add("There is no topic '%s'%s".formatted(answered.topic(), meant(answered.topic(), topics)));
		}
	}

	private static String meant(String written, Collection<String> names) {
		return Suggestions.closest(written, names).map((name) -> "; did you mean '" + name + "'?").orElse("");
	}

	private Map<String, Set<String>> seen(TenantId tenant) {
		Map<String, Set<String>> seen = new TreeMap<>();
		this.jdbc.sql("select event, category from audience.action where tenant_id = ? limit 10000")
			.param(tenant.value())
			.query((row) -> {
				Set<String> categories = seen.computeIfAbsent(row.getString(1), (event) -> new TreeSet<>());
				categories.add(row.getString(2));
			});
		return seen;
	}

}
