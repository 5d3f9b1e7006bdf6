package io.waypost.agent.preview;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import io.waypost.access.InvalidRequestException;
import io.waypost.agent.FallbackTable;
import io.waypost.agent.Guardrail;
import io.waypost.agent.Route;
import io.waypost.agent.evaluate.DraftScorer;
import io.waypost.agent.evaluate.DraftScores;
import io.waypost.agent.evaluate.ScoringContext;
import io.waypost.agent.guard.ContentInspector;
import io.waypost.agent.guard.DeclaredFacts;
import io.waypost.agent.guard.Finding;
import io.waypost.agent.guard.InspectionRequest;
import io.waypost.agent.guard.InspectionResult;
import io.waypost.agent.review.ReviewRequiredTable;
import io.waypost.content.BrandKit;
import io.waypost.content.BrandKitRepository;
import io.waypost.content.Product;
import io.waypost.content.ProductCatalogue;
import io.waypost.content.Template;
import io.waypost.content.TemplateRepository;
import io.waypost.identity.Vault;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Runs the evaluator and the guardrail on content of a request, which may be written
 * elsewhere. Nothing is stored; the transaction is read-only.
 */
@Component
class ContentInspection {

	private final BrandKitRepository brands;

	private final ProductCatalogue catalogue;

	private final TemplateRepository templates;

	private final TestRecipients recipients;

	private final Vault vault;

	private final DraftScorer scorer;

	private final ContentInspector inspector;

	private final ReviewRequiredTable reviews;

	private final FallbackTable table;

	private final Clock clock;

	ContentInspection(BrandKitRepository brands, ProductCatalogue catalogue, TemplateRepository templates,
			TestRecipients recipients, Vault vault, DraftScorer scorer, ContentInspector inspector,
			ReviewRequiredTable reviews, FallbackTable table, Clock clock) {
		this.brands = brands;
		this.catalogue = catalogue;
		this.templates = templates;
		this.recipients = recipients;
		this.vault = vault;
		this.scorer = scorer;
		this.inspector = inspector;
		this.reviews = reviews;
		this.table = table;
		this.clock = clock;
	}

	/**
	 * Scores and inspects content.
	 * @param tenant the tenant
	 * @param body content and facts
	 * @return scores, findings and the route of a message with this content
	 */
	@Transactional(readOnly = true)
	InspectedContent inspect(TenantId tenant, InspectionBody body) {
		BrandKit brand = this.brands.require(tenant);
		InspectionBodyReader reader = new InspectionBodyReader(body);
		InspectionBodyReader.InspectionContent content = reader.read(brand,
				this.catalogue.find(tenant, reader.catalogueIds()));
		Template template = template(tenant, body.template(), content.draft().locale());
		DraftScores scores = this.scorer.score(content.draft(), scoringContext(content, brand, body.goal()));
		InspectionRequest request = new InspectionRequest(content.draft(), brand, content.products(),
				content.quantities(), this.catalogue.names(tenant), personal(tenant, body.userId()),
				(template != null) ? Guardrail.authored(template) : "", Map.of(), content.declared(),
				LocalDate.now(this.clock));
		InspectionResult inspected = this.inspector.inspect(request);
		return new InspectedContent(scores(scores), inspected.findings()
			.stream()
			// The headline repeats the subject
			.filter((finding) -> !finding.where().equals("headline"))
			.map(ContentInspection::finding)
			.toList(), route(tenant, scores, inspected, template));
	}

	/** Returns what comes first in the agent chain, unless the guardrail is stricter. */
	private Route route(TenantId tenant, DraftScores scores, InspectionResult inspected, @Nullable Template template) {
		Route evaluated = this.table
			.evaluate(tenant,
					new FallbackTable.FallbackInput("evaluator", "ok", scores.quality(), scores.relevance(), 1, null))
			.route();
		Route guarded = this.reviews
			.evaluate(tenant, inspected,
					new ReviewRequiredTable.ContentOrigin(scores.quality(), template == null || template.approved(),
							"model", 1))
			.route();
		return (strictness(guarded) >= strictness(evaluated)) ? guarded : evaluated;
	}

	private static int strictness(Route route) {
		return switch (route) {
			case CONTINUE, DEFER -> 0;
			case REGENERATE -> 1;
			case REVIEW -> 2;
			case FALLBACK -> 3;
			case STOP -> 4;
		};
	}

	private @Nullable Template template(TenantId tenant, @Nullable String key, String locale) {
		return (key == null) ? null
				: this.templates.find(tenant, key, locale)
					.orElseThrow(() -> InvalidRequestException.notFound("/template",
							"there is no template '%s'; GET /api/v1/templates lists them".formatted(key)));
	}

	private List<InspectionRequest.PersonalValue> personal(TenantId tenant, @Nullable String userId) {
		if (userId == null) {
			return List.of();
		}
		ProfileId profile = this.recipients.profile(tenant, userId);
		return Guardrail.personal(this.vault.open(tenant, List.of(profile)).get(profile));
	}

	private static ScoringContext scoringContext(InspectionBodyReader.InspectionContent content, BrandKit brand,
			@Nullable String goal) {
		Locale locale = Locale.forLanguageTag(content.draft().locale());
		Collection<Product> products = content.products().values();
		return new ScoringContext(locale, brand.senderName(), products.stream().map(Product::name).toList(), null, goal,
				false,
				Stream
					.concat(products.stream().map((product) -> product.details().text(locale)),
							content.declared().offers().stream().map(DeclaredFacts.DeclaredOffer::text))
					.toList());
	}

	private static ContentScores scores(DraftScores scores) {
		return new ContentScores(scores.quality(), scores.relevance(), scores.parts());
	}

	private static InspectionFinding finding(Finding finding) {
		return new InspectionFinding(finding.kind(), finding.code(), finding.severity().name().toLowerCase(Locale.ROOT),
				finding.where(), finding.detail());
	}

	/**
	 * Response body.
	 *
	 * @param scores result of the evaluator
	 * @param findings findings of the guardrail, most severe first
	 * @param route what would happen to a message with this content
	 */
	record InspectedContent(ContentScores scores, List<InspectionFinding> findings, Route route) {

	}

	/**
	 * Result of the evaluator.
	 *
	 * @param quality 0 to 1
	 * @param relevance 0 to 1
	 * @param parts the weighted parts of both
	 */
	record ContentScores(double quality, double relevance, List<DraftScores.ScorePart> parts) {

	}

	/**
	 * A finding.
	 *
	 * @param kind {@code pii}, {@code brand}, {@code legal}, {@code fact}, {@code link}
	 * or {@code slot}
	 * @param code short code, for example {@code price_unknown}
	 * @param severity {@code info}, {@code warning}, {@code severe} or {@code blocking}
	 * @param where the part of the content, for example {@code paragraphs[1]}
	 * @param detail what was found and what is expected
	 */
	record InspectionFinding(String kind, String code, String severity, String where, String detail) {

	}

}
