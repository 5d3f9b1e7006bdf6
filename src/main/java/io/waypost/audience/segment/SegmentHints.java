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
 * Finds valid conditions that are probably mistakes: events that never occurred, and
 * topics that do not exist.
 */
@Component
public class SegmentHints {

	private final JdbcClient jdbc;

	private final Topics topics;

	public SegmentHints(JdbcClient jdbc, Topics topics) {
		this.jdbc = jdbc;
		this.topics = topics;
	}

	/** Returns one hint per suspicious condition. */
	public List<String> of(TenantId tenant, Collection<Condition> conditions) {
		List<String> hints = new ArrayList<>();
		Map<String, Set<String>> known = conditions.stream().anyMatch(Condition.Performed.class::isInstance)
				? categoriesByEvent(tenant) : Map.of();
		for (Condition condition : conditions) {
			switch (condition) {
				case Condition.Performed performed -> checkActivity(performed, known, hints);
				case Condition.ConsentAnswer answer -> checkTopic(tenant, answer, hints);
				default -> {
				}
			}
		}
		return hints;
	}

	private static void checkActivity(Condition.Performed performed, Map<String, Set<String>> known,
			List<String> hints) {
		Set<String> categories = known.get(performed.event());
		String category = performed.category();
		if (categories == null) {
			hints.add("No '%s' event was ever recorded%s".formatted(performed.event(),
					suggestion(performed.event(), known.keySet())));
		}
		else if (category != null && !categories.contains(category)) {
			hints.add("No '%s' event with category '%s' was ever recorded%s".formatted(performed.event(), category,
					suggestion(category, categories)));
		}
	}

	private void checkTopic(TenantId tenant, Condition.ConsentAnswer answer, List<String> hints) {
		Set<String> topics = this.topics.of(tenant).stream().map(Topic::key).collect(Collectors.toSet());
		if (!topics.contains(answer.topic())) {
			hints.add("Topic '%s' does not exist%s".formatted(answer.topic(), suggestion(answer.topic(), topics)));
		}
	}

	private static String suggestion(String written, Collection<String> names) {
		return Suggestions.closest(written, names).map((name) -> "; did you mean '" + name + "'?").orElse("");
	}

	private Map<String, Set<String>> categoriesByEvent(TenantId tenant) {
		Map<String, Set<String>> known = new TreeMap<>();
		this.jdbc.sql("select event, category from audience.activity_type where tenant_id = ? limit 10000")
			.param(tenant.value())
			.query((row) -> {
				Set<String> categories = known.computeIfAbsent(row.getString(1), (event) -> new TreeSet<>());
				categories.add(row.getString(2));
			});
		return known;
	}

}
