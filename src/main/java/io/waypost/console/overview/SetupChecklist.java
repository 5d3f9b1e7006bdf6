package io.waypost.console.overview;

import java.util.List;

import io.waypost.access.key.Sources;
import io.waypost.content.BrandKitRepository;
import io.waypost.content.TemplateRepository;
import io.waypost.content.TemplateVersion;
import io.waypost.ingestion.EventCounts;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** What a new tenant still needs before its first message. */
@Component
class SetupChecklist {

	/** Only the first template versions are read: one that is live is enough. */
	private static final int TEMPLATES = 100;

	private final Sources sources;

	private final BrandKitRepository brandKits;

	private final TemplateRepository templates;

	private final EventCounts events;

	SetupChecklist(Sources sources, BrandKitRepository brandKits, TemplateRepository templates, EventCounts events) {
		this.sources = sources;
		this.brandKits = brandKits;
		this.templates = templates;
		this.events = events;
	}

	/**
	 * A step of the set-up.
	 *
	 * @param key {@code setup.<key>} in the message bundle describes the step
	 * @param href page on which it is done
	 * @param done whether it is done
	 */
	record SetupStep(String key, String href, boolean done) {

	}

	/**
	 * Returns the steps of the set-up.
	 * @param tenant the tenant
	 * @return all steps in their order; empty when all are done
	 */
	List<SetupStep> steps(TenantId tenant) {
		List<SetupStep> steps = List.of(
				new SetupStep("source", "/settings/sources", !this.sources.list(tenant, "", 1).isEmpty()),
				new SetupStep("brand", "/swagger-ui.html", this.brandKits.find(tenant).isPresent()),
				new SetupStep("template", "/templates", hasLiveTemplate(tenant)),
				new SetupStep("events", "/profiles", this.events.hasEvents(tenant)));
		return steps.stream().allMatch(SetupStep::done) ? List.of() : steps;
	}

	private boolean hasLiveTemplate(TenantId tenant) {
		return this.templates.list(tenant, "", 0, TEMPLATES).stream().anyMatch(TemplateVersion::live);
	}

}
