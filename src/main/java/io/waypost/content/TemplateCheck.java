package io.waypost.content;

import java.util.List;

/**
 * Checks a version of a template when it is added and before it is approved. Modules with
 * rules about content implement it.
 */
@FunctionalInterface
public interface TemplateCheck {

	/**
	 * Checks a version.
	 * @param template a version whose texts parse
	 * @param brand the live brand kit
	 * @return the findings, empty when there are none
	 */
	List<TemplateFinding> check(Template template, BrandKit brand);

}
