package io.waypost.content.template;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.waypost.content.Template;
import io.waypost.content.TemplateFinding;

/**
 * A version as the API answers it to its author.
 *
 * @param template what it says
 * @param findings what the brand kit check found, worst first
 */
record CheckedTemplate(@JsonUnwrapped Template template, List<TemplateFinding> findings) {

}
