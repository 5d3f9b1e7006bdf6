package io.waypost.agent.write;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import io.waypost.agent.ContentBrief;
import io.waypost.agent.ContentVariant;
import io.waypost.content.Template;
import io.waypost.content.TemplateRenderer;
import io.waypost.content.TemplateRepository;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Validates the content brief of a campaign before content is generated. */
@Component
public class ContentBriefValidator {

	/**
	 * Merge tags with a value per recipient. Shared content cannot use them.
	 */
	private static final Set<String> RECIPIENT_TAGS = Set.of("order_count", "total");

	private final TemplateRepository templates;

	private final TemplateRenderer templateRenderer;

	private final RuleBasedWriter writer;

	ContentBriefValidator(TemplateRepository templates, TemplateRenderer templateRenderer, RuleBasedWriter writer) {
		this.templates = templates;
		this.templateRenderer = templateRenderer;
		this.writer = writer;
	}

	public List<String> problems(TenantId tenant, ContentBrief brief) {
		List<String> problems = new ArrayList<>();
		if (ToneRules.isCartGoal(brief.goal())) {
			problems.add("goal '%s' needs a recipient's cart, which campaign content cannot show; use the journey"
				.formatted(brief.goal()));
		}
		Map<Integer, Template> found = templates(tenant, brief.template());
		if (found.isEmpty()) {
			problems
				.add("template '%s' does not exist; POST /api/v1/templates and approve it".formatted(brief.template()));
		}
		found.values().forEach((template) -> problems.addAll(problems(template)));
		brief.variants().forEach((variant) -> problems.addAll(problems(variant)));
		found.values()
			.stream()
			.findFirst()
			.ifPresent((template) -> problems.addAll(identicalVariants(brief, template)));
		return problems;
	}

	/** Finds the template in every language; each language has its own version. */
	private Map<Integer, Template> templates(TenantId tenant, String key) {
		Map<Integer, Template> found = new TreeMap<>();
		for (String language : this.writer.languages()) {
			Optional<Template> template = this.templates.find(tenant, key, language);
			template.ifPresent((known) -> found.put(known.version(), known));
		}
		return found;
	}

	private List<String> problems(Template template) {
		return problems("template '%s' version %d, ".formatted(template.key(), template.version()),
				texts(template.subject(), template.preheader(), template.headline(), template.body(),
						template.callToAction()));
	}

	private List<String> problems(ContentVariant variant) {
		return problems("variant '%s', ".formatted(variant.name()), texts(variant.subject(), variant.preheader(),
				variant.headline(), variant.body(), variant.callToAction()));
	}

	private List<String> problems(String where, Map<String, String> texts) {
		List<String> problems = new ArrayList<>();
		texts.forEach((name, text) -> {
			List<String> errors = this.templateRenderer.problems(text);
			errors.forEach((problem) -> problems.add(where + name + ": " + problem));
			if (errors.isEmpty()) {
				this.templateRenderer.mergeTags(text)
					.stream()
					.filter(RECIPIENT_TAGS::contains)
					.forEach((tag) -> problems
						.add("%s%s: merge tag '%s' differs between recipients and cannot be used in campaign content"
							.formatted(where, name, tag)));
			}
		});
		return problems;
	}

	private static Map<String, String> texts(@Nullable String... texts) {
		List<String> names = List.of("subject", "preheader", "headline", "body", "callToAction");
		Map<String, String> given = new LinkedHashMap<>();
		for (int i = 0; i < texts.length; i++) {
			String text = texts[i];
			if (text != null) {
				given.put(names.get(i), text);
			}
		}
		return given;
	}

	/** Identical variants cannot be compared. */
	private static List<String> identicalVariants(ContentBrief brief, Template template) {
		List<String> problems = new ArrayList<>();
		Map<Template, String> seen = new LinkedHashMap<>();
		for (ContentVariant variant : brief.variants()) {
			Template content = variant.applyTo(template);
			String other = seen.putIfAbsent(content, variant.name());
			if (other != null && TemplateSelector.missingTexts(content).isEmpty()) {
				problems.add("variants '%s' and '%s' have the same content; change the subject or a text of one of them"
					.formatted(other, variant.name()));
			}
		}
		return problems;
	}

}
