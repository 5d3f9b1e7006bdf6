package io.waypost.campaign.brief;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.waypost.access.InvalidRequestException;
import io.waypost.access.InvalidRequestException.Violation;
import io.waypost.audience.Segment;
import io.waypost.audience.Segments;
import io.waypost.campaign.CampaignBrief;
import io.waypost.campaign.CampaignRequest;
import io.waypost.campaign.CampaignSettings;
import io.waypost.content.Template;
import io.waypost.content.TemplateRenderer;
import io.waypost.content.TemplateRepository;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Validates campaign briefs against templates, segments and the current time. */
@Component
public class CampaignBriefValidator {

	private static final String LANGUAGE = "en";

	private final TemplateRepository templates;

	private final TemplateRenderer templateRenderer;

	private final Segments segments;

	private final CampaignSettings settings;

	private final OfferValidator offers;

	private final Clock clock;

	CampaignBriefValidator(TemplateRepository templates, TemplateRenderer templateRenderer, Segments segments,
			CampaignSettings settings, OfferValidator offers, Clock clock) {
		this.templates = templates;
		this.templateRenderer = templateRenderer;
		this.segments = segments;
		this.settings = settings;
		this.offers = offers;
		this.clock = clock;
	}

	/**
	 * Parses a request.
	 * @throws InvalidRequestException with every violation
	 */
	public CampaignBrief parse(CampaignRequest body) {
		return new CampaignBriefParser(this.templateRenderer, this.clock).parse(body);
	}

	/**
	 * Counts the current members of the segment.
	 * @throws InvalidRequestException when there are none, or too many
	 */
	public int count(TenantId tenant, CampaignBrief brief) {
		long reached = this.segments.preview(tenant, definition(tenant, brief)).size();
		if (reached == 0) {
			throw InvalidRequestException.badRequest("/segment",
					"segment '%s' is empty now; POST /api/v1/segments/preview shows which condition excludes all profiles"
						.formatted(brief.segment()));
		}
		if (reached > this.settings.maxAudience()) {
			throw InvalidRequestException.badRequest("/segment",
					"segment '%2$s' has %1$d profiles, more than the maximum of %3$d; narrow it, or raise waypost.campaign.max-audience"
						.formatted(reached, brief.segment(), this.settings.maxAudience()));
		}
		return Math.toIntExact(reached);
	}

	/** Returns the live definition of the segment. */
	public String definition(TenantId tenant, CampaignBrief brief) {
		return this.segments.find(tenant, brief.segment())
			.map(Segment::definition)
			.orElseThrow(() -> InvalidRequestException.badRequest("/segment", noSegment(brief.segment())));
	}

	/** Returns the live template. */
	public Template template(TenantId tenant, CampaignBrief brief) {
		return this.templates.find(tenant, brief.template(), LANGUAGE)
			.orElseThrow(() -> InvalidRequestException.badRequest("/template", noTemplate(brief.template())));
	}

	/**
	 * Checks what may have changed since the campaign was created.
	 * @return the template; its topic is the one that recipients must be subscribed to
	 * @throws InvalidRequestException with every violation; a 409 when the segment is
	 * retired
	 */
	public Template require(TenantId tenant, CampaignBrief brief) {
		requireInUse(tenant, brief.segment());
		Instant now = this.clock.instant();
		List<Violation> violations = new ArrayList<>();
		Violation violation = CampaignBriefParser.pastSchedule(brief.schedule(), now);
		if (violation != null) {
			violations.add(violation);
		}
		segment(tenant, brief.segment(), violations);
		this.offers.exists(tenant, brief, violations);
		Optional<Template> template = this.templates.find(tenant, brief.template(), LANGUAGE);
		if (template.isEmpty()) {
			violations.add(new Violation("/template", noTemplate(brief.template())));
		}
		return template.filter((found) -> violations.isEmpty())
			.orElseThrow(() -> InvalidRequestException.badRequest(violations));
	}

	/**
	 * Checks a brief at the launch: in addition, its offer must be approved and valid at
	 * the send time.
	 * @throws InvalidRequestException with every violation
	 */
	public void requireLaunchable(TenantId tenant, CampaignBrief brief) {
		require(tenant, brief);
		List<Violation> violations = this.offers.violations(tenant, brief);
		if (!violations.isEmpty()) {
			throw InvalidRequestException.badRequest(violations);
		}
	}

	/** Returns the category that the messages show, null when each recipient has one. */
	public @Nullable String category(TenantId tenant, CampaignBrief brief) {
		return (brief.category() != null) ? brief.category() : this.offers.category(tenant, brief);
	}

	private void requireInUse(TenantId tenant, String name) {
		this.segments.find(tenant, name).map(Segment::retiredAt).ifPresent((since) -> {
			throw InvalidRequestException
				.conflict(("Segment '%s' has been retired since %s and cannot be used by a new campaign: use "
						+ "another segment, or approve a version of it to restore it")
					.formatted(name, since));
		});
	}

	private void segment(TenantId tenant, String name, List<Violation> violations) {
		Optional<Segment> segment = this.segments.find(tenant, name);
		if (segment.isEmpty()) {
			violations.add(new Violation("/segment", noSegment(name)));
		}
		else if (!segment.get().live()) {
			violations.add(new Violation("/segment",
					"segment '%s' has no approved version; POST /api/v1/segments/%s/versions/%d/approve".formatted(name,
							name, segment.get().version())));
		}
	}

	private static String noSegment(String name) {
		return "there is no segment '%s'; GET /api/v1/segments lists them".formatted(name);
	}

	private static String noTemplate(String key) {
		return "there is no template '%s'; GET /api/v1/templates lists them".formatted(key);
	}

}
