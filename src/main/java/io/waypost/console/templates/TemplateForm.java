package io.waypost.console.templates;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.waypost.access.InvalidRequest;
import io.waypost.console.RequestErrors;
import io.waypost.content.Template;
import io.waypost.content.TemplateBody;
import org.jspecify.annotations.Nullable;

/**
 * A new version as its form sends it: an empty field is one the writer fills.
 *
 * @param key name of the template
 * @param topic which consent it needs
 * @param locale BCP 47 language
 * @param subject Liquid
 * @param preheader Liquid
 * @param headline Liquid
 * @param body Liquid
 * @param callToAction Liquid
 */
record TemplateForm(@Nullable String key, @Nullable String topic, @Nullable String locale, @Nullable String subject,
		@Nullable String preheader, @Nullable String headline, @Nullable String body, @Nullable String callToAction) {

	static TemplateForm of(Template template) {
		return new TemplateForm(template.key(), template.topic(), template.locale(), template.subject(),
				template.preheader(), template.headline(), template.body(), template.callToAction());
	}

	static TemplateForm empty() {
		return new TemplateForm("", "marketing", "en", "", "", "", "", "");
	}

	TemplateBody body(@Nullable String name) {
		return new TemplateBody((name != null) ? name : orNull(this.key), orNull(this.topic), orNull(this.locale),
				orNull(this.subject), orNull(this.preheader), orNull(this.headline), lines(this.body),
				orNull(this.callToAction));
	}

	/** The form as it is shown, again or for the first time. */
	TemplateView.FormView shown(@Nullable InvalidRequest refusal) {
		Map<String, String> values = new LinkedHashMap<>();
		values.put("key", text(this.key));
		values.put("topic", text(this.topic));
		values.put("locale", text(this.locale));
		values.put("subject", text(this.subject));
		values.put("preheader", text(this.preheader));
		values.put("headline", text(this.headline));
		values.put("body", text(this.body));
		values.put("callToAction", text(this.callToAction));
		return new TemplateView.FormView(values, (refusal != null) ? problems(refusal) : Map.of());
	}

	private static Map<String, List<String>> problems(InvalidRequest refusal) {
		Map<String, List<String>> problems = new HashMap<>();
		RequestErrors.violations(refusal)
			.forEach((error) -> problems.computeIfAbsent(error.pointer().substring(1), (field) -> new ArrayList<>())
				.add(error.detail()));
		return problems;
	}

	private static @Nullable String orNull(@Nullable String text) {
		return (text == null || text.isBlank()) ? null : text.strip();
	}

	/** Forms send line ends as CR LF. */
	private static @Nullable String lines(@Nullable String text) {
		String stripped = orNull(text);
		return (stripped != null) ? stripped.replace("\r\n", "\n") : null;
	}

	private static String text(@Nullable String value) {
		return Objects.requireNonNullElse(value, "");
	}

}
