package io.waypost.content;

import java.util.List;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequest;
import io.waypost.content.liquid.LiquidEngine;
import io.waypost.content.template.BrandKitCheck;
import io.waypost.content.template.TemplateApprovalRefused;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where people work on templates: histories, differences, new versions, approvals. */
@Component
public class TemplateAdministration {

	private final JdbcClient jdbc;

	private final TemplateRepository templates;

	private final BrandKitCheck checks;

	private final LiquidEngine liquid;

	TemplateAdministration(JdbcClient jdbc, TemplateRepository templates, BrandKitCheck checks, LiquidEngine liquid) {
		this.jdbc = jdbc;
		this.templates = templates;
		this.checks = checks;
		this.liquid = liquid;
	}

	/**
	 * All templates with all their versions.
	 * @param tenant whose
	 * @return by key
	 */
	public List<TemplateHistory> list(TenantId tenant) {
		return this.jdbc
			.sql("select " + TemplateRepository.COLUMNS
					+ " from content.template where tenant_id = ? order by key, version desc")
			.params(tenant.value())
			.query(TemplateRepository::version)
			.list()
			.stream()
			.collect(TemplateHistory.byKey());
	}

	/**
	 * One template with all its versions.
	 * @param tenant whose
	 * @param key its name
	 * @return its history
	 * @throws InvalidRequest a 404 when there is no such template
	 */
	public TemplateHistory history(TenantId tenant, String key) {
		List<TemplateVersion> versions = this.jdbc
			.sql("select " + TemplateRepository.COLUMNS
					+ " from content.template where tenant_id = ? and key = ? order by version desc")
			.params(tenant.value(), key)
			.query(TemplateRepository::version)
			.list();
		if (versions.isEmpty()) {
			throw InvalidRequest.notFound("There is no template '%s'; GET /api/v1/templates lists them".formatted(key));
		}
		return TemplateHistory.of(key, versions);
	}

	/**
	 * One version.
	 * @param tenant whose
	 * @param key name of the template
	 * @param version its number
	 * @return what it says
	 * @throws InvalidRequest a 404 when there is no such version
	 */
	public Template require(TenantId tenant, String key, int version) {
		return this.templates.find(tenant, key, version).orElseThrow(() -> unknown(key, version));
	}

	/**
	 * What tells two versions apart, field by field and word by word.
	 * @param tenant whose
	 * @param key name of the template
	 * @param from the version that was
	 * @param to the version that is
	 * @return the difference
	 * @throws InvalidRequest a 404 when there is no such version
	 */
	public TemplateDiff diff(TenantId tenant, String key, int from, int to) {
		return TemplateDiff.of(require(tenant, key, from), require(tenant, key, to));
	}

	/**
	 * Holds a version against the brand kit.
	 * @param tenant whose
	 * @param template the version
	 * @return what was found, worst first
	 */
	public List<TemplateFinding> check(TenantId tenant, Template template) {
		return this.checks.check(tenant, template);
	}

	/**
	 * Adds a version.
	 * @param caller an editor
	 * @param body what it should say
	 * @return the version with its number
	 * @throws InvalidRequest naming everything that is wrong with it
	 */
	public Template add(Caller caller, TemplateBody body) {
		AccessRight.CHANGE_CONTENT.require(caller);
		return this.templates.add(caller.tenant(), "user:" + caller.name(), body.toTemplate(this.liquid));
	}

	/**
	 * Puts a version live, also an older one.
	 * @param caller an editor
	 * @param key name of the template
	 * @param version its number
	 * @throws TemplateApprovalRefused when the brand kit check finds something blocking
	 * @throws InvalidRequest a 404 when there is no such version
	 */
	public void approve(Caller caller, String key, int version) {
		AccessRight.CHANGE_CONTENT.require(caller);
		if (!this.templates.approve(caller.tenant(), "user:" + caller.name(), key, version)) {
			throw unknown(key, version);
		}
	}

	private static InvalidRequest unknown(String key, int version) {
		return InvalidRequest.notFound(
				"There is no version %d of template '%s'; GET /api/v1/templates lists them".formatted(version, key));
	}

}
