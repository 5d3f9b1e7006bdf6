package io.waypost.content.template;

import java.util.List;
import java.util.stream.Collectors;

import io.waypost.access.InvalidRequestException;
import io.waypost.content.Template;
import io.waypost.content.TemplateFinding;

import org.springframework.http.HttpStatus;

/** A template version has blocking findings and cannot be approved. */
public class TemplateApprovalRefusedException extends InvalidRequestException {

	/**
	 * Creates the exception, a 409.
	 * @param template the version
	 * @param findings all findings; the blocking ones are reported
	 */
	public TemplateApprovalRefusedException(Template template, List<TemplateFinding> findings) {
		super(HttpStatus.CONFLICT,
				"Version %d of template '%s' cannot be approved: %s. Add a corrected version and approve it instead"
					.formatted(template.version(), template.key(),
							findings.stream()
								.filter(TemplateFinding::isBlocking)
								.map((finding) -> finding.where() + ' ' + finding.detail())
								.collect(Collectors.joining("; "))),
				findings.stream()
					.filter(TemplateFinding::isBlocking)
					.map((finding) -> new Violation('/' + finding.where(), finding.detail()))
					.toList());
	}

}
