package io.waypost.agent;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.waypost.agent.writer.Writer;
import io.waypost.content.Catalogue;
import io.waypost.content.Template;
import io.waypost.content.Templates;
import io.waypost.feature.FeatureStore;
import io.waypost.feature.FeatureValue;
import io.waypost.feature.Features;
import io.waypost.identity.Profile;
import io.waypost.identity.Profiles;
import io.waypost.kernel.ProfileId;
import io.waypost.policy.Decisions;
import io.waypost.policy.Verdict;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Plans what each message should say, from features and goal. */
@Component
public class Planner {

	private static final Set<String> FEATURES_USED = Set.of("lifecycle_stage", "order_count", "average_order_value",
			"category_affinity", "cart", "cart_items", "cart_item_count", "cart_value", "last_order_at");

	private final Templates templates;

	private final Catalogue catalogue;

	private final Decisions decisions;

	private final Writer writer;

	private final AgentSettings settings;

	private final RouteCounts outcomes;

	private final Clock clock;

	Planner(Templates templates, Catalogue catalogue, Decisions decisions, Writer writer, AgentSettings settings,
			RouteCounts outcomes, Clock clock) {
		this.templates = templates;
		this.catalogue = catalogue;
		this.decisions = decisions;
		this.writer = writer;
		this.settings = settings;
		this.outcomes = outcomes;
		this.clock = clock;
	}

	/**
	 * Adds a content plan to each message; nothing left to say routes it to STOP.
	 * @param batch the messages in hand
	 * @return the same messages, further on
	 * @throws AgentFailed when there is no such template
	 */
	public Batch plan(Batch batch) {
		Recipients known = batch.recipients();
		Picks picks = Picks.read(batch.tenant(), this.catalogue, batch.inHand(), known.features().values(),
				this.settings.products());
		Map<String, Template> found = new HashMap<>();
		return this.outcomes.count("planner", batch.mapInHand((message) -> {
			Locale wanted = wanted(known.profile(message).orElse(null));
			Template template = found.computeIfAbsent(message.send().template() + ' ' + wanted,
					(key) -> template(batch, message, wanted));
			return plan(message, known.features(message).orElse(null), picks, template, wanted);
		}));
	}

	private Template template(Batch batch, Message message, Locale wanted) {
		String key = message.send().template();
		return this.templates.find(batch.tenant(), key, wanted.toLanguageTag())
			.orElseThrow(() -> new AgentFailed("planner", "template_missing",
					"Tenant '%s' has no template '%s'; POST /api/v1/templates and approve it".formatted(batch.tenant(),
							key)));
	}

	private Message plan(Message message, @Nullable Features known, Picks picks, Template template, Locale wanted) {
		if (known == null) {
			throw new AgentFailed("planner", "features_missing", "There are no features to plan with");
		}
		String goal = message.send().template();
		boolean aboutCart = Goals.aboutCart(goal);
		String cartId = String.valueOf(message.trigger().getOrDefault("key", ""));
		if (aboutCart && Picks.items(known, cartId).isEmpty()) {
			return message.routed(Route.STOP, "nothing_to_say");
		}
		Map<String, Integer> products = aboutCart ? picks.cart(known, cartId) : picks.recommended(known);
		PlanSection section = section(goal, known, products, template, locale(template, wanted));
		return routed(explain(section.addTo(message), known, template), section);
	}

	private PlanSection section(String goal, Features known, Map<String, Integer> products, Template template,
			Locale locale) {
		String category = known.categoryAffinity().keySet().stream().findFirst().orElse("");
		@Nullable Double age = (known.updatedAt() != null)
				? Duration.between(known.readAt(), this.clock.instant()).toSeconds() / 3600.0 : null;
		ContentPlan plan = new ContentPlan(goal, Archetype.key(goal, locale, known, category, this.settings),
				Goals.angle(goal, known.lifecycleStage()), Goals.tone(known.lifecycleStage()), locale.toLanguageTag(),
				known.lifecycleStage(), products.keySet().stream().limit(this.settings.products()).toList(), category,
				subtasks(template), (age == null) ? "none" : (age > 24) ? "stale" : "fresh");
		return new PlanSection(plan, products, Goals.aboutCart(goal), known.orderCount(), age);
	}

	/**
	 * Whether the plan may be used is for the table to say, which knows the oldest age.
	 */
	private Message routed(Message planned, PlanSection section) {
		Map<String, @Nullable Object> inputs = new HashMap<>();
		inputs.put("step", "planner");
		inputs.put("outcome", "ok");
		inputs.put("quality", null);
		inputs.put("relevance", null);
		inputs.put("attempt", planned.attempt());
		inputs.put("featureAgeHours", section.featureAgeHours());
		Verdict verdict = this.decisions.evaluate("fallback", inputs);
		Route route = Route.valueOf(verdict.text("route"));
		return Sections.decided(planned, verdict)
			.routed(route, (route == Route.CONTINUE) ? null : verdict.text("reason"));
	}

	private static Message explain(Message planned, Features known, Template template) {
		List<Map<String, Object>> used = new ArrayList<>();
		for (FeatureValue feature : known.values()) {
			if (FEATURES_USED.contains(feature.name()) && feature.value() != null) {
				used.add(used(feature));
			}
		}
		return Sections.with(planned.explained("features", used), "versions", "template", version(template));
	}

	private static Map<String, Object> used(FeatureValue feature) {
		Map<String, Object> entry = new LinkedHashMap<>();
		entry.put("name", feature.name());
		entry.put("value", (feature.value() instanceof Instant at) ? at.toString() : feature.value());
		entry.put("view", feature.view());
		Sections.putIfKnown(entry, "asOf", (feature.asOf() != null) ? feature.asOf().toString() : null);
		return entry;
	}

	static Map<String, Object> version(Template template) {
		return Map.of("key", template.key(), "version", template.version(), "locale", template.locale(), "approved",
				template.approved());
	}

	private static Locale wanted(@Nullable Profile person) {
		return (person != null) ? Goals.locale(person.locale(), person.country()) : Locale.ENGLISH;
	}

	/**
	 * Words an author wrote fix the language; else it is the recipient's, if we write it.
	 */
	private Locale locale(Template template, Locale wanted) {
		Locale authored = Locale.forLanguageTag(template.locale());
		if (subtasks(template).size() < 5) {
			return authored.getLanguage().equals(wanted.getLanguage()) ? wanted : authored;
		}
		return this.writer.languages().contains(wanted.getLanguage()) ? wanted : Locale.of("en", wanted.getCountry());
	}

	private static List<String> subtasks(Template template) {
		Map<String, @Nullable String> texts = new LinkedHashMap<>();
		texts.put("subject", template.subject());
		texts.put("preheader", template.preheader());
		texts.put("headline", template.headline());
		texts.put("body", template.body());
		texts.put("callToAction", template.callToAction());
		return texts.entrySet().stream().filter((text) -> text.getValue() == null).map(Map.Entry::getKey).toList();
	}

}
