package io.waypost.console.templates;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import io.waypost.access.InvalidRequestException;
import io.waypost.console.FormView;
import io.waypost.content.Template;
import io.waypost.content.TemplateBody;
import org.jspecify.annotations.Nullable;

/**
 * Form of a new template version. Empty fields are generated.
 *
 * @param key name of the template
 * @param topic consent topic
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

	/** Makes the view of the form, with the errors of a refused request. */
	FormView view(@Nullable InvalidRequestException refused) {
		Map<String, String> values = new LinkedHashMap<>();
		values.put("key", text(this.key));
		values.put("topic", text(this.topic));
		values.put("locale", text(this.locale));
		values.put("subject", text(this.subject));
		values.put("preheader", text(this.preheader));
		values.put("headline", text(this.headline));
		values.put("body", text(this.body));
		values.put("callToAction", text(this.callToAction));
		return FormView.of(values, refused);
	}

	private static @Nullable String orNull(@Nullable String text) {
		return (text == null || text.isBlank()) ? null : text.strip();
	}

	/** Browsers send line ends as CR LF. */
	private static @Nullable String lines(@Nullable String text) {
		String stripped = orNull(text);
		return (stripped != null) ? stripped.replace("\r\n", "\n") : null;
	}

	private static String text(@Nullable String value) {
		return Objects.requireNonNullElse(value, "");
	}

}
