package io.waypost.agent;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.waypost.agent.archetype.ArchetypeClassifier;
import io.waypost.agent.archetype.ArchetypeKey;
import io.waypost.agent.plan.ContentPlan;
import io.waypost.agent.plan.OfferFacts;
import io.waypost.agent.plan.PlanSection;
import io.waypost.agent.plan.ProductSelection;
import io.waypost.agent.plan.Recommender;
import io.waypost.agent.plan.SelectedProducts;
import io.waypost.agent.write.TemplateSelector;
import io.waypost.agent.write.ToneRules;
import io.waypost.content.fact.Offer;
import io.waypost.content.Template;
import io.waypost.feature.FeatureValue;
import io.waypost.feature.Features;
import io.waypost.feature.LifecycleStage;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/** Plans the content of messages from features and goal. */
@Component
public class Planner {

	private static final Logger log = LoggerFactory.getLogger(Planner.class);

	private static final Set<String> FEATURES_USED = Set.of("stage", "order_count", "average_order_value",
			"category_affinity", "cart", "cart_item_count", "cart_value", "last_order_at");

	/** Reason for a message that has no product to show and no fact to tell. */
	public static final String NOTHING_TO_SAY = "nothing_to_say";

	private final TemplateSelector templateSelector;

	private final Recommender recommender;

	private final FallbackTable table;

	private final ArchetypeClassifier archetypes;

	private final AgentSettings settings;

	private final RouteMetrics outcomes;

	private final Clock clock;

	public Planner(TemplateSelector templateSelector, Recommender recommender, FallbackTable table,
			AgentSettings settings, RouteMetrics outcomes, Clock clock) {
		this.templateSelector = templateSelector;
		this.recommender = recommender;
		this.table = table;
		this.archetypes = new ArchetypeClassifier(settings);
		this.settings = settings;
		this.outcomes = outcomes;
		this.clock = clock;
	}

	/**
	 * Adds a content plan to each message. A message without content, or whose template
	 * has another topic than the checked permission, is routed to STOP. A message that
	 * cannot be planned is routed by the decision table fallback.
	 * @param batch the messages
	 * @return the same messages with a plan
	 */
	public Batch plan(Batch batch) {
		Recipients recipients = batch.recipients();
		ProductSelection selection = this.recommender.select(batch.tenant(), batch.active(), recipients);
		Map<String, Template> found = new HashMap<>();
		return this.outcomes.count("planner", batch.mapActive((message) -> {
			try {
				Locale preferred = preferredLocale(message, recipients);
				Template template = found.computeIfAbsent(message.target().template() + ' ' + preferred,
						(key) -> this.templateSelector.requireTemplate(batch.tenant(), message.target().template(),
								preferred));
				return routed(batch.tenant(), plan(message, recipients, selection, template, preferred));
			}
			catch (AgentFailedException ex) {
				log.warn("Message {} cannot be planned: {}", message.target().id(), ex.getMessage());
				return this.table.evaluate(batch.tenant(), FallbackTable.FallbackInput.notPlanned(message))
					.applyFailure(message, "planner", ex.code());
			}
		}));
	}

	private Message plan(Message message, Recipients recipients, ProductSelection selection, Template template,
			Locale preferred) {
		return switch (message.target()) {
			case MessageTarget.ForRecipient personal when !personal.send().topic().equals(template.topic()) ->
				message.routed(Route.STOP, "topic_mismatch");
			case MessageTarget.ForRecipient personal ->
				plan(message, personal, recipients.features(message).orElse(null), selection, template, preferred);
			case MessageTarget.ForArchetype shared -> plan(message, shared, selection, template);
		};
	}

	private Message plan(Message message, MessageTarget.ForRecipient personal, @Nullable Features features,
			ProductSelection selection, Template template, Locale preferred) {
		if (features == null) {
			throw new AgentFailedException("planner", "features_missing", "There are no features to plan with");
		}
		String goal = message.target().goal();
		boolean isCartGoal = ToneRules.isCartGoal(goal);
		String cartId = String.valueOf(message.trigger().getOrDefault("key", ""));
		if (isCartGoal && ProductSelection.items(features, cartId).isEmpty()) {
			return message.routed(Route.STOP, NOTHING_TO_SAY);
		}
		String category = ArchetypeClassifier.topCategory(features);
		SelectedProducts selected = isCartGoal ? SelectedProducts.of(selection.cart(features, cartId))
				: SelectedProducts.of(selection, personal, features);
		Map<String, Integer> products = selected.quantities();
		if (!isCartGoal && products.isEmpty() && !hasFact(goal, features.orderCount(), template)) {
			return message.routed(Route.STOP, NOTHING_TO_SAY);
		}
		Locale locale = this.templateSelector.locale(template, preferred);
		@Nullable Instant readAt = (features.updatedAt() != null) ? features.readAt() : null;
		ContentPlan plan = plan(this.archetypes.key(goal, locale, features, category), category, locale,
				features.lifecycleStage(), products, TemplateSelector.missingTexts(template), readAt != null);
		PlanSection section = new PlanSection(plan, products, isCartGoal, features.orderCount(), null, readAt);
		return explain(selected.explain(section.addTo(message)), features, template);
	}

	/**
	 * Shared content contains no data of a single recipient. An archetype without a stage
	 * is planned like a prospect. Category and offer of the brief are never left out.
	 */
	private Message plan(Message message, MessageTarget.ForArchetype shared, ProductSelection selection,
			Template template) {
		ArchetypeKey key = ArchetypeKey.parse(shared.archetype().key());
		Offer offer = selection.offers().get(shared.brief().offer());
		if (shared.brief().offer() != null && (offer == null || !offer.covers(LocalDate.now(this.clock)))) {
			return message.routed(Route.STOP, "offer_not_valid");
		}
		SelectedProducts selected = SelectedProducts.of(selection, shared, offer);
		Map<String, Integer> products = selected.quantities();
		if (products.isEmpty() && offer == null && !hasFact(shared.goal(), 0, shared.variant().applyTo(template))) {
			return message.routed(Route.STOP, NOTHING_TO_SAY);
		}
		LifecycleStage stage = key.stage().equals(ArchetypeKey.ANY) ? LifecycleStage.PROSPECT
				: LifecycleStage.valueOf(key.stage().toUpperCase(Locale.ROOT));
		ContentPlan plan = plan(key, shared.category(), Locale.forLanguageTag(shared.archetype().locale()), stage,
				products, TemplateSelector.missingTexts(shared.variant().applyTo(template)), false);
		PlanSection section = new PlanSection(plan, products, false, 0, (offer != null) ? offer.reference() : null,
				null);
		Message planned = ExplanationSections.with(selected.explain(section.addTo(message)), "versions", "template",
				templateEntry(template));
		return (offer != null) ? OfferFacts.explain(planned, offer) : planned;
	}

	/**
	 * Whether a message without products says something: what the template says, the
	 * number of orders, or the question whether the recipient wants more messages.
	 */
	private static boolean hasFact(String goal, long orders, Template template) {
		return template.body() != null || goal.startsWith("re-engagement-last-call")
				|| (goal.startsWith("milestone") && orders > 0);
	}

	private ContentPlan plan(ArchetypeKey key, String category, Locale locale, LifecycleStage stage,
			Map<String, Integer> products, List<String> subtasks, boolean usesFeatures) {
		return new ContentPlan(key.goal(), key.toString(), ToneRules.angle(key.goal(), stage), ToneRules.tone(stage),
				locale.toLanguageTag(), stage, products.keySet().stream().limit(this.settings.products()).toList(),
				category, subtasks, usesFeatures ? "fresh" : "none");
	}

	/**
	 * Routes a plan by the decision table, which limits the age of the features. A
	 * message that is not planned stays stopped.
	 */
	private Message routed(TenantId tenant, Message planned) {
		PlanSection section = PlanSection.of(planned);
		if (planned.route() == Route.STOP || section == null) {
			return planned;
		}
		return this.table
			.evaluate(tenant,
					FallbackTable.FallbackInput.planned(planned, section.featureAgeHours(this.clock.instant())))
			.applyUsual(planned);
	}

	private static Message explain(Message planned, Features features, Template template) {
		List<Map<String, Object>> used = new ArrayList<>();
		for (FeatureValue feature : features.values()) {
			if (FEATURES_USED.contains(feature.name()) && feature.value() != null) {
				used.add(featureEntry(feature, feature.value()));
			}
		}
		return ExplanationSections.with(planned.explained("features", used), "versions", "template",
				templateEntry(template));
	}

	/** Returns the entry of a feature in an explanation. */
	public static Map<String, Object> featureEntry(FeatureValue feature, Object value) {
		Map<String, Object> entry = new LinkedHashMap<>();
		entry.put("name", feature.name());
		entry.put("value", (value instanceof Instant at) ? at.toString() : value);
		entry.put("view", feature.view());
		ExplanationSections.putIfKnown(entry, "asOf", (feature.asOf() != null) ? feature.asOf().toString() : null);
		return entry;
	}

	static Map<String, Object> templateEntry(Template template) {
		return Map.of("key", template.key(), "version", template.version(), "locale", template.locale(), "approved",
				template.approved());
	}

	private static Locale preferredLocale(Message message, Recipients recipients) {
		return switch (message.target()) {
			case MessageTarget.ForArchetype shared -> Locale.forLanguageTag(shared.archetype().locale());
			case MessageTarget.ForRecipient personal -> recipients.profile(message)
				.map((profile) -> ToneRules.locale(profile.locale(), profile.country()))
				.orElse(Locale.ENGLISH);
		};
	}

}
