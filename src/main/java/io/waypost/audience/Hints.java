package io.waypost.audience;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.waypost.audience.language.Condition;
import io.waypost.audience.language.Spelling;
import io.waypost.consent.Topic;
import io.waypost.consent.Topics;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Notices what makes sense but is probably not meant: an event nobody ever did, a topic
 * nobody can agree to.
 */
@Component
class Hints {

	private final JdbcClient jdbc;

	private final Topics topics;

	Hints(JdbcClient jdbc, Topics topics) {
		this.jdbc = jdbc;
		this.topics = topics;
	}

	List<String> of(TenantId tenant, Collection<Condition> conditions) {
		List<String> hints = new ArrayList<>();
		Map<String, Set<String>> seen = conditions.stream().anyMatch(Condition.Did.class::isInstance) ? seen(tenant)
				: Map.of();
		for (Condition condition : conditions) {
			switch (condition) {
				case Condition.Did did -> addDeed(did, seen, hints);
				case Condition.Answered answered -> addTopic(tenant, answered, hints);
				default -> {
				}
			}
		}
		return hints;
	}

	private static void addDeed(Condition.Did did, Map<String, Set<String>> seen, List<String> hints) {
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

	private void addTopic(TenantId tenant, Condition.Answered answered, List<String> hints) {
		Set<String> topics = this.topics.of(tenant).stream().map(Topic::key).collect(Collectors.toSet());
		if (!topics.contains(answered.topic())) {
			hints.add("There is no topic '%s'%s".formatted(answered.topic(), meant(answered.topic(), topics)));
		}
	}

	private static String meant(String written, Collection<String> names) {
		return Spelling.closest(written, names).map((name) -> "; did you mean '" + name + "'?").orElse("");
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
