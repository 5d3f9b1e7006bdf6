package io.waypost.agent;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.waypost.agent.guard.ContentInspector;
import io.waypost.agent.guard.Finding;
import io.waypost.agent.guard.InspectionRequest;
import io.waypost.agent.guard.InspectionRequest.PersonalValue;
import io.waypost.agent.guard.InspectionResult;
import io.waypost.agent.guard.Severity;
import io.waypost.agent.plan.ContentFactsLookup;
import io.waypost.agent.plan.OfferFacts;
import io.waypost.agent.review.ReviewRequiredTable;
import io.waypost.agent.review.ReviewTerms;
import io.waypost.agent.write.ContentFacts;
import io.waypost.content.BrandKit;
import io.waypost.content.Product;
import io.waypost.content.ProductCatalogue;
import io.waypost.content.ProductNames;
import io.waypost.content.Template;
import io.waypost.delivery.ContentClearance;
import io.waypost.identity.ContactDetails;
import io.waypost.identity.Vault;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import io.waypost.policy.DecisionResult;
import io.waypost.policy.DecisionTableEvaluator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Inspects drafts for personal data, wrong facts, links to other hosts, unfilled
 * placeholders and missing legal elements.
 */
@Component
public class Guardrail {

	private static final Logger log = LoggerFactory.getLogger(Guardrail.class);

	/** Why content is reviewed that the table would let pass. */
	private static final String CHANGED_IN_REVIEW = "changed_in_review";

	private final ContentInspector inspector;

	private final ContentFactsLookup facts;

	private final ProductCatalogue catalogue;

	private final Vault vault;

	private final ReviewRequiredTable reviews;

	private final FallbackTable table;

	private final RouteMetrics outcomes;

	private final Clock clock;

	public Guardrail(ContentInspector inspector, ContentFactsLookup facts, ProductCatalogue catalogue, Vault vault,
			DecisionTableEvaluator decisions, FallbackTable table, RouteMetrics outcomes, Clock clock) {
		this.inspector = inspector;
		this.facts = facts;
		this.catalogue = catalogue;
		this.vault = vault;
		this.reviews = new ReviewRequiredTable(decisions);
		this.table = table;
		this.outcomes = outcomes;
		this.clock = clock;
	}

	/**
	 * Inspects each message and routes it by the decision table review-required:
	 * CONTINUE, REVIEW, FALLBACK or STOP. Content that a reviewer changed is reviewed by
	 * another person where the table answers CONTINUE. Removes personal data from the
	 * drafts.
	 * @param batch messages with a draft
	 * @return the same messages with route and findings
	 */
	public Batch inspect(Batch batch) {
		List<Message> active = batch.active();
		ContentFactsLookup.BatchFacts found = this.facts.find(batch.tenant(), active);
		ProductNames names = this.catalogue.names(batch.tenant());
		Map<ProfileId, ContactDetails> contacts = this.vault.open(batch.tenant(),
				active.stream().flatMap((message) -> message.target().recipient().stream()).distinct().toList());
		return this.outcomes.count("guardrail", batch.mapActive((message) -> {
			if (message.draft() == null) {
				return uninspected(batch.tenant(), message);
			}
			Optional<Template> template = found.template(message);
			ContactDetails contact = message.target().recipient().map(contacts::get).orElse(null);
			InspectionResult inspected = inspected(message, () -> inspection(message, found, template, names, contact));
			if (inspected != null) {
				inspected = inspected.with(unconfirmed(message)).with(changed(message));
			}
			return (inspected != null) ? decide(batch.tenant(), message.withDraft(inspected.draft()), inspected,
					found.brand(), template.map(Template::approved).orElse(false))
					: uninspected(batch.tenant(), message);
		}));
	}

	/** Content that could not be inspected, or that is missing, must not be sent. */
	private Message uninspected(TenantId tenant, Message message) {
		Message routed = this.table.evaluate(tenant, FallbackTable.FallbackInput.notInspected(message)).apply(message);
		return routed.explained(ContentClearance.INSPECTION, ContentClearance.inspected(null, "", "NOT_INSPECTED"));
	}

	/** Content of a campaign that changed after its approval needs a review. */
	private static List<Finding> changed(Message message) {
		return (message.target() instanceof MessageTarget.ForArchetype shared && shared.brief().changed() != null)
				? List.of(new Finding("brand", "changed_after_approval", Severity.SEVERE, "draft",
						"changed after the campaign was approved: " + shared.brief().changed()))
				: List.of();
	}

	/**
	 * Copy of a model with words that no fact has and no judge confirmed needs a review,
	 * once.
	 */
	private static List<Finding> unconfirmed(Message message) {
		boolean decided = ExplanationSections.read(message, "review").containsKey("decision");
		if (decided || !(ExplanationSections.read(message, "variant").get("model") instanceof Map<?, ?> model)
				|| !(model.get("unconfirmed") instanceof List<?> words) || words.isEmpty()) {
			return List.of();
		}
		return List.of(new Finding("fact", "copy_unconfirmed", Severity.SEVERE, "draft",
				"a language model wrote words that no fact has: "
						+ words.stream().map(String::valueOf).collect(Collectors.joining(", "))));
	}

	private @Nullable InspectionResult inspected(Message message, Supplier<InspectionRequest> inspection) {
		try {
			return this.inspector.inspect(inspection.get());
		}
		// A text may be made to exhaust the stack
		catch (RuntimeException | StackOverflowError ex) {
			log.error("Message {} cannot be inspected and is stopped", message.target().id(), ex);
			return null;
		}
	}

	private Message decide(TenantId tenant, Message message, InspectionResult inspected, BrandKit brand,
			boolean templateApproved) {
		ReviewRequiredTable.ReviewRequirement requirement = this.reviews.evaluate(tenant, inspected,
				new ReviewRequiredTable.ContentOrigin(
						ExplanationSections.number(ExplanationSections.read(message, "scores"), "quality"),
						templateApproved, ExplanationSections.read(message, "variant").getOrDefault("writer", "rules"),
						message.attempt()));
		DecisionResult result = requirement.result();
		boolean changed = requirement.route() == Route.CONTINUE
				&& ContentClearance.changedBy(message.explanation()).isPresent();
		Route route = changed ? Route.REVIEW : requirement.route();
		String reason = changed ? CHANGED_IN_REVIEW : result.text("reason");
		Message decided = ExplanationSections.withTable(message.explained("findings", explained(inspected)), result);
		decided = decided.explained(ContentClearance.INSPECTION,
				ContentClearance.inspected(decided.draft(), brand.visibleDigest(), route.name()));
		if (route == Route.REVIEW) {
			decided = decided.explained("review", review(message, result, reason));
		}
		return decided.routed(route, (route == Route.CONTINUE) ? message.reason() : reason);
	}

	private InspectionRequest inspection(Message message, ContentFactsLookup.BatchFacts found,
			Optional<Template> template, ProductNames names, @Nullable ContactDetails contact) {
		ContentFacts contentFacts = found.facts(message);
		Map<String, Product> products = contentFacts.lines()
			.stream()
			.map(ContentFacts.ProductLine::product)
			.collect(Collectors.toMap(Product::id, Function.identity(), (first, second) -> first, LinkedHashMap::new));
		Map<String, Integer> quantities = contentFacts.lines()
			.stream()
			.collect(Collectors.toMap((line) -> line.product().id(), ContentFacts.ProductLine::quantity,
					(first, second) -> first));
		return new InspectionRequest(
				Objects.requireNonNull(message.draft(), "a message without a draft is not inspected"), found.brand(),
				products, quantities, names, personal(contact),
				String.join("\n", template.map(Guardrail::authored).orElse(""), found.brand().facts().text(),
						texts(products.values(), message), Objects.requireNonNullElse(contentFacts.category(), ""),
						String.valueOf(contentFacts.orderCount())),
				message.properties(), OfferFacts.declared(contentFacts.offer()), LocalDate.now(this.clock));
	}

	/** Returns what the catalogue says about products, in the language of the message. */
	private static String texts(Collection<Product> products, Message message) {
		Locale locale = Locale.forLanguageTag(
				Objects.requireNonNull(message.draft(), "a message without a draft is not inspected").locale());
		return products.stream().map((product) -> product.details().text(locale)).collect(Collectors.joining("\n"));
	}

	/**
	 * Returns the identifiers that must not occur in a message.
	 * @param contact decrypted details of the recipient, null without a recipient
	 * @return the identifiers
	 */
	public static List<PersonalValue> personal(@Nullable ContactDetails contact) {
		List<PersonalValue> values = new ArrayList<>();
		if (contact != null) {
			add(values, "email", (contact.email() != null) ? contact.email().value() : null);
			add(values, "phone", contact.phone());
			add(values, "userId", contact.userId());
			add(values, "lastName", contact.lastName());
			add(values, "firstName", contact.firstName());
		}
		return values;
	}

	private static void add(List<PersonalValue> values, String type, @Nullable String value) {
		if (value != null && !value.isBlank()) {
			values.add(new PersonalValue(type, value));
		}
	}

	/**
	 * Returns the texts whose numbers and claims a message may repeat.
	 * @param template a template
	 * @return its texts, empty when it is not approved
	 */
	public static String authored(Template template) {
		return !template.approved() ? "" : Stream
			.of(template.subject(), template.preheader(), template.headline(), template.body(), template.callToAction())
			.filter(Objects::nonNull)
			.collect(Collectors.joining("\n"));
	}

	private static Map<String, Object> explained(InspectionResult inspected) {
		Map<String, Object> section = new LinkedHashMap<>();
		section.put("worst",
				inspected.worst().map((finding) -> finding.severity().name().toLowerCase(Locale.ROOT)).orElse("none"));
		section.put("list",
				inspected.findings()
					.stream()
					.map((finding) -> Map.of("kind", finding.kind(), "code", finding.code(), "severity",
							finding.severity().name().toLowerCase(Locale.ROOT), "where", finding.where(), "detail",
							finding.detail()))
					.toList());
		return section;
	}

	private static Map<String, Object> review(Message message, DecisionResult result, String reason) {
		Map<String, Object> review = ExplanationSections.nextReview(message);
		review.put("reason", reason);
		boolean byTable = !CHANGED_IN_REVIEW.equals(reason);
		review.put("dueIn", byTable ? result.text("reviewDueIn") : ReviewTerms.DEFAULT.dueIn().toString());
		review.put("expiresIn", byTable ? result.text("reviewExpiresIn") : ReviewTerms.DEFAULT.expiresIn().toString());
		return review;
	}

}
