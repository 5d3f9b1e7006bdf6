package io.waypost.content.template;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.waypost.content.BrandKit;
import io.waypost.content.BrandKitRepository;
import io.waypost.content.Template;
import io.waypost.content.TemplateCheck;
import io.waypost.content.TemplateFinding;
import io.waypost.content.brand.ColourContrast;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** The brand kit check: everything that is looked at before a version is approved. */
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
	 * Checks a version against the brand kit in force.
	 * @param tenant whose
	 * @param template a version whose texts parse
	 * @return what was found, worst first
	 */
	public List<TemplateFinding> check(TenantId tenant, Template template) {
		return this.brands.find(tenant)
			.map((brand) -> check(template, brand))
			.orElseGet(() -> List.of(new TemplateFinding("brand", "brand_missing", "warning", "brand",
					"there is no approved brand kit to hold it against; nothing can be sent before there is one")));
	}

	private List<TemplateFinding> check(Template template, BrandKit brand) {
		List<TemplateFinding> findings = new ArrayList<>();
		double contrast = ColourContrast.best(brand.accentColour());
		if (contrast < ColourContrast.ENOUGH) {
			findings.add(new TemplateFinding("brand", "contrast_low", "warning", "button",
					"neither black nor white letters stand out enough on %s: %.1f to 1, and %.1f is what it takes"
						.formatted(brand.accentColour(), contrast, ColourContrast.ENOUGH)));
		}
		this.checks.forEach((check) -> findings.addAll(check.check(template, brand)));
		findings.sort(Comparator.comparingInt((finding) -> SEVERITIES.indexOf(finding.severity())));
		return List.copyOf(findings);
	}

}
