package io.waypost.content.template;

import java.util.LinkedHashMap;
import java.util.Map;

import io.waypost.content.Template;
import org.jspecify.annotations.Nullable;

/** The fields of a template by their names in the API, in the order of the message. */
public final class TemplateFields {

	private TemplateFields() {
	}

	public static Map<String, @Nullable String> of(Template template) {
		Map<String, @Nullable String> fields = new LinkedHashMap<>();
		fields.put("topic", template.topic());
		fields.put("locale", template.locale());
		fields.put("subject", template.subject());
		fields.put("preheader", template.preheader());
		fields.put("headline", template.headline());
		fields.put("body", template.body());
		fields.put("callToAction", template.callToAction());
		return fields;
	}

}
