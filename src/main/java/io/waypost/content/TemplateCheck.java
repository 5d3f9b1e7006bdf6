package io.waypost.content;

import java.util.List;

/**
 * Looks at a version of a template before anybody gets it. Rooms that know what a message
 * must not say implement it.
 */
@FunctionalInterface
public interface TemplateCheck {

	/**
	 * Looks.
	 * @param template a version whose texts parse
	 * @param brand the brand kit in force
	 * @return what was found, empty when all is well
	 */
	List<TemplateFinding> check(Template template, BrandKit brand);

}
