package io.waypost.content.template;

import java.util.List;
import java.util.stream.Collectors;

import io.waypost.access.InvalidRequest;
import io.waypost.content.Template;
import io.waypost.content.TemplateFinding;

import org.springframework.http.HttpStatus;

/** A version that must not go live as it is. */
public class TemplateApprovalRefused extends InvalidRequest {

	/**
	 * Says what stands in the way.
	 * @param template the version
	 * @param findings what was found, the blocking ones among them
	 */
	public TemplateApprovalRefused(Template template, List<TemplateFinding> findings) {
		super(HttpStatus.CONFLICT,
				"Version %d of template '%s' cannot be approved: %s. Add a version without that and approve it instead"
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
