package io.waypost.content.template;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.waypost.content.BrandKit;
import io.waypost.content.BrandKitRepository;
import io.waypost.content.Template;
import io.waypost.content.TemplateCheck;
import io.waypost.content.TemplateFinding;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** Runs all checks of a template version before it is approved. */
@Component
public class BrandKitCheck {

	private static final List<String> SEVERITIES = List.of("blocking", "severe", "warning", "info");

	private final List<TemplateCheck> checks;

	private final BrandKitRepository brands;

	BrandKitCheck(List<TemplateCheck> checks, BrandKitRepository brands) {
		this.checks = checks;
		this.brands = brands;
	}

	/**
	 * Checks a version against the live brand kit.
	 * @param tenant the tenant
	 * @param template a version whose texts parse
	 * @return the findings, most severe first
	 */
	public List<TemplateFinding> check(TenantId tenant, Template template) {
		return this.brands.find(tenant)
			.map((brand) -> check(template, brand))
			.orElseGet(() -> List.of(new TemplateFinding("brand", "brand_missing", "warning", "brand",
					"no brand kit is approved; approve one before sending")));
	}

	private List<TemplateFinding> check(Template template, BrandKit brand) {
		List<TemplateFinding> findings = new ArrayList<>();
		this.checks.forEach((check) -> findings.addAll(check.check(template, brand)));
		findings.sort(Comparator.comparingInt((finding) -> SEVERITIES.indexOf(finding.severity())));
		return List.copyOf(findings);
	}

}
