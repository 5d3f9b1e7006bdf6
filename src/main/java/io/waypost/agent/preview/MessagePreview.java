package io.waypost.agent.preview;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.waypost.access.Caller;
import io.waypost.agent.AgentChain;
import io.waypost.agent.AgentSettings;
import io.waypost.agent.Batch;
import io.waypost.agent.Evaluator;
import io.waypost.agent.Executor;
import io.waypost.agent.FallbackTable;
import io.waypost.agent.Guardrail;
import io.waypost.agent.Message;
import io.waypost.agent.MessageTarget;
import io.waypost.agent.Planner;
import io.waypost.agent.Recipients;
import io.waypost.agent.Route;
import io.waypost.agent.RouteMetrics;
import io.waypost.agent.SendDecisions;
import io.waypost.agent.evaluate.DraftScorer;
import io.waypost.agent.guard.ContentInspector;
import io.waypost.agent.llm.copy.GeneratedCopies;
import io.waypost.agent.plan.ContentFactsLookup;
import io.waypost.agent.plan.DraftRequests;
import io.waypost.agent.plan.Recommender;
import io.waypost.agent.review.ReviewDecisions;
import io.waypost.agent.write.RuleBasedWriter;
import io.waypost.agent.write.TemplateSelector;
import io.waypost.content.BrandKit;
import io.waypost.content.BrandKitRepository;
import io.waypost.content.EmailDraft;
import io.waypost.content.EmailRenderer;
import io.waypost.content.ProductCatalogue;
import io.waypost.content.RecipientLinks;
import io.waypost.content.RenderedEmail;
import io.waypost.content.Template;
import io.waypost.content.TemplateRepository;
import io.waypost.content.fact.CategoryRepository;
import io.waypost.content.fact.OfferRepository;
import io.waypost.delivery.RecentSends;
import io.waypost.delivery.Send;
import io.waypost.delivery.SendRequest;
import io.waypost.delivery.SendStatus;
import io.waypost.feature.FeatureStore;
import io.waypost.identity.ContactDetails;
import io.waypost.identity.IdentifierMask;
import io.waypost.identity.Profiles;
import io.waypost.identity.Vault;
import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import io.waypost.policy.DecisionTableEvaluator;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Previews the message of a template version for a profile. It runs the same agents as a
 * real message, with this version as the template. Nothing is stored or sent; the
 * transaction is read-only.
 */
@Component
public class MessagePreview {

	private final SendDecisions gate;

	private final TemplateRepository templates;

	private final DraftRequests requests;

	private final GeneratedCopies generated;

	private final ProductCatalogue catalogue;

	private final Recommender recommender;

	private final CategoryRepository categories;

	private final OfferRepository offers;

	private final BrandKitRepository brands;

	private final EmailRenderer renderer;

	private final RuleBasedWriter writer;

	private final DraftScorer scorer;

	private final ContentInspector inspector;

	private final Profiles profiles;

	private final FeatureStore features;

	private final Vault vault;

	private final DecisionTableEvaluator decisions;

	private final FallbackTable table;

	private final AgentSettings settings;

	private final RecentSends sends;

	private final Clock clock;

	/** Previews are not counted in the metrics. */
	private final RouteMetrics unpublishedMetrics = new RouteMetrics(new SimpleMeterRegistry());

	MessagePreview(SendDecisions gate, TemplateRepository templates, DraftRequests requests, GeneratedCopies generated,
			ProductCatalogue catalogue, Recommender recommender, CategoryRepository categories, OfferRepository offers,
			BrandKitRepository brands, EmailRenderer renderer, RuleBasedWriter writer, DraftScorer scorer,
			ContentInspector inspector, Profiles profiles, FeatureStore features, Vault vault,
			DecisionTableEvaluator decisions, FallbackTable table, AgentSettings settings, RecentSends sends,
			Clock clock) {
		this.gate = gate;
		this.templates = templates;
		this.requests = requests;
		this.generated = generated;
		this.catalogue = catalogue;
		this.recommender = recommender;
		this.categories = categories;
		this.offers = offers;
		this.brands = brands;
		this.renderer = renderer;
		this.writer = writer;
		this.scorer = scorer;
		this.inspector = inspector;
		this.profiles = profiles;
		this.features = features;
		this.vault = vault;
		this.decisions = decisions;
		this.table = table;
		this.settings = settings;
		this.sends = sends;
		this.clock = clock;
	}

	/**
	 * Runs the agent chain for a profile. It continues without permission or outside the
	 * send window, so that there is content to show; the outcome says what would happen
	 * to a real message. The same version and profile give the same content as long as
	 * nothing else changes.
	 * @param caller who asks; the name of the recipient is masked without the right to
	 * read direct identifiers
	 * @param profile the profile
	 * @param version the template version
	 * @return the preview
	 */
	@Transactional(readOnly = true)
	public PreviewResult preview(Caller caller, ProfileId profile, Template version) {
		TenantId tenant = caller.tenant();
		Batch open = open(tenant, profile, version);
		Batch permitted = this.gate.previewPermission(open);
		Batch timed = this.gate.previewWindow(continued(permitted));
		Message finished = chain(version).run(continued(timed)).single();
		boolean sendable = finished.draft() != null && finished.isActive();
		Message decisive = (permitted.single().route() == Route.STOP) ? permitted.single()
				: timed.single().isActive() ? finished : timed.single();
		BrandKit brand = this.brands.require(tenant);
		RenderedEmail email = email(caller, profile, version, finished.draft(), brand);
		return new PreviewResult(version, outcome(decisive), decisive.reason(),
				(decisive.route() == Route.DEFER) ? decisive.deferUntil() : null, sendable, finished.draft(), email,
				(email != null) ? RenderedEmail.InboxSummary.of(brand.senderName(), email) : null,
				finished.explanation());
	}

	private Batch open(TenantId tenant, ProfileId profile, Template version) {
		UUID id = UUID.nameUUIDFromBytes("%s/%s/%s@%d".formatted(tenant, profile, version.key(), version.version())
			.getBytes(StandardCharsets.UTF_8));
		Send send = new Send(new SendId(id), profile, new JourneyRunId(id), SendRequest.TEST, "message", version.key(),
				version.topic(), SendStatus.PLANNED, null, null, null, this.clock.instant(), null);
		Message message = new Message(new MessageTarget.ForRecipient(send), Map.of(), Map.of(), Route.CONTINUE, null, 0,
				null, null, null, null, Map.of());
		return new Batch(tenant, List.of(message),
				Recipients.read(tenant, Set.of(profile), this.profiles, this.features));
	}

	private AgentChain chain(Template version) {
		TemplateRepository pinned = this.templates.pinnedTo(version);
		ContentFactsLookup facts = new ContentFactsLookup(this.brands, this.catalogue, this.categories, this.offers,
				pinned, this.sends, this.clock);
		return new AgentChain(
				new Planner(new TemplateSelector(pinned, this.writer), this.recommender, this.table, this.settings,
						this.unpublishedMetrics, this.clock),
				new Executor(this.writer, facts, this.requests, this.generated, this.table, this.unpublishedMetrics,
						this.clock),
				new Evaluator(this.scorer, facts, this.table, this.unpublishedMetrics, this.settings, this.clock),
				new Guardrail(this.inspector, facts, this.catalogue, this.vault, this.decisions, this.table,
						this.unpublishedMetrics, this.clock),
				new ReviewDecisions(this.table), this.clock);
	}

	private static Batch continued(Batch batch) {
		return batch.map((message) -> message.routed(Route.CONTINUE, null));
	}

	private static SendStatus outcome(Message decisive) {
		return switch (decisive.route()) {
			case CONTINUE -> SendStatus.QUEUED;
			case REVIEW -> SendStatus.FLAGGED;
			case DEFER -> SendStatus.DEFERRED;
			case STOP, FALLBACK, REGENERATE -> SendStatus.WITHHELD;
		};
	}

	/** Renders without tracked links and without the open pixel, like every preview. */
	private @Nullable RenderedEmail email(Caller caller, ProfileId profile, Template version,
			@Nullable EmailDraft draft, BrandKit brand) {
		if (draft == null) {
			return null;
		}
		ContactDetails contact = this.vault.open(caller.tenant(), List.of(profile)).get(profile);
		String name = (contact != null) ? IdentifierMask.apply(contact, caller).firstName() : null;
		return this.renderer.render(draft, brand, name, version.key(), new RecipientLinks("#", null, (url) -> url));
	}

}
