package io.waypost.agent;

import io.waypost.content.Template;
import org.jspecify.annotations.Nullable;

/**
 * A variant of a campaign's content. Its texts are Liquid and replace those of the
 * template; texts that neither has are generated, differently for each variant.
 *
 * @param name for example {@code A}
 * @param subject Liquid, or null
 * @param preheader Liquid, or null
 * @param headline Liquid, or null
 * @param body Liquid, paragraphs separated by blank lines, or null
 * @param callToAction Liquid, or null
 */
public record ContentVariant(String name, @Nullable String subject, @Nullable String preheader,
		@Nullable String headline, @Nullable String body, @Nullable String callToAction) {

	/**
	 * Creates a variant without texts of its own.
	 * @param name for example {@code A}
	 * @return the variant
	 */
	public static ContentVariant named(String name) {
		return new ContentVariant(name, null, null, null, null, null);
	}

	/**
	 * Creates a variant with a subject line of its own.
	 * @param name for example {@code B}
	 * @param subject Liquid
	 * @return the variant
	 */
	public static ContentVariant subject(String name, String subject) {
		return new ContentVariant(name, subject, null, null, null, null);
	}

	/** Returns the template with this variant's texts in place of its own. */
	public Template applyTo(Template template) {
		return new Template(template.key(), template.version(), template.topic(), template.locale(),
				or(this.subject, template.subject()), or(this.preheader, template.preheader()),
				or(this.headline, template.headline()), or(this.body, template.body()),
				or(this.callToAction, template.callToAction()), template.approved());
	}

	private static @Nullable String or(@Nullable String own, @Nullable String theirs) {
		return (own != null && !own.isBlank()) ? own : theirs;
	}

}
