package io.waypost.content;

import java.util.List;
import java.util.Set;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.SecondPerson;
import io.waypost.content.liquid.LiquidEngine;
import io.waypost.content.template.BrandKitCheck;
import io.waypost.content.template.TemplateApprovalRefusedException;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Administers templates on behalf of users: lists, compares, adds and approves versions.
 */
@Component
public class TemplateAdministration {

	/**
	 * Topics of messages that the law allows without consent to marketing. The topic is a
	 * statement of the author about the content.
	 */
	private static final Set<String> SERVICE_TOPICS = Set.of("service", "transactional");

	private final JdbcClient jdbc;

	private final TemplateRepository templates;

	private final BrandKitCheck brandKitCheck;

	private final LiquidEngine liquid;

	private final SecondPerson persons;

	TemplateAdministration(JdbcClient jdbc, TemplateRepository templates, BrandKitCheck brandKitCheck,
			LiquidEngine liquid, SecondPerson persons) {
		this.jdbc = jdbc;
		this.templates = templates;
		this.brandKitCheck = brandKitCheck;
		this.liquid = liquid;
		this.persons = persons;
	}

	/**
	 * Lists templates with all their versions.
	 * @param tenant the tenant
	 * @param after key of the last one on the page before, empty for the first page
	 * @param limit most templates
	 * @return the templates in the order of their keys
	 */
	public List<TemplateHistory> list(TenantId tenant, String after, int limit) {
		return this.jdbc.sql("select " + TemplateRepository.COLUMNS + """
				 from content.template where tenant_id = :tenant and key in (
					select distinct key from content.template where tenant_id = :tenant and key > :after
					order by key limit :limit)
				order by key, version desc""")
			.param("tenant", tenant.value())
			.param("after", after)
			.param("limit", limit)
			.query(TemplateRepository::version)
			.list()
			.stream()
			.collect(TemplateHistory.byKey());
	}

	/**
	 * Returns a template with all its versions.
	 * @param tenant the tenant
	 * @param key key of the template
	 * @return the history
	 * @throws InvalidRequestException a 404 when there is no such template
	 */
	public TemplateHistory history(TenantId tenant, String key) {
		List<TemplateVersion> versions = this.jdbc
			.sql("select " + TemplateRepository.COLUMNS
					+ " from content.template where tenant_id = ? and key = ? order by version desc")
			.params(tenant.value(), key)
			.query(TemplateRepository::version)
			.list();
		if (versions.isEmpty()) {
			throw InvalidRequestException
				.notFound("There is no template '%s'; GET /api/v1/templates lists them".formatted(key));
		}
		return TemplateHistory.of(key, versions);
	}

	/**
	 * Returns a version.
	 * @param tenant the tenant
	 * @param key key of the template
	 * @param version the version number
	 * @return the version's content
	 * @throws InvalidRequestException a 404 when there is no such version
	 */
	public Template require(TenantId tenant, String key, int version) {
		return this.templates.find(tenant, key, version).orElseThrow(() -> unknown(key, version));
	}

	/**
	 * Compares two versions field by field and word by word.
	 * @param tenant the tenant
	 * @param key key of the template
	 * @param from number of the older version
	 * @param to number of the newer version
	 * @return the difference
	 * @throws InvalidRequestException a 404 when there is no such version
	 */
	public TemplateDiff diff(TenantId tenant, String key, int from, int to) {
		return TemplateDiff.of(require(tenant, key, from), require(tenant, key, to));
	}

	/**
	 * Checks a version against the brand kit.
	 * @param tenant the tenant
	 * @param template the version
	 * @return the findings, most severe first
	 */
	public List<TemplateFinding> check(TenantId tenant, Template template) {
		return this.brandKitCheck.check(tenant, template);
	}

	/**
	 * Adds a version.
	 * @param caller a user with the right to change content
	 * @param body the content
	 * @return the version with its number
	 * @throws InvalidRequestException with every violation
	 */
	public Template add(Caller caller, TemplateBody body) {
		AccessRight.CHANGE_CONTENT.require(caller);
		return this.templates.add(caller.tenant(), caller.actor(), body.toTemplate(this.liquid));
	}

	/**
	 * Makes a version live. An older version may be approved again. A version with
	 * warnings, or with a topic that needs no consent to marketing, needs another person
	 * than its author.
	 * @param caller a user with the right to change content
	 * @param key key of the template
	 * @param version the version number
	 * @throws TemplateApprovalRefusedException when the brand kit check has a blocking
	 * finding
	 * @throws InvalidRequestException a 404 when there is no such version, a 409 when it
	 * needs a second person
	 */
	public void approve(Caller caller, String key, int version) {
		AccessRight.CHANGE_CONTENT.require(caller);
		TemplateVersion wanted = history(caller.tenant(), key).version(version)
			.orElseThrow(() -> unknown(key, version));
		List<TemplateFinding> findings = check(caller.tenant(), wanted.template());
		if (!wanted.live() && findings.stream().noneMatch(TemplateFinding::isBlocking)) {
			if (SERVICE_TOPICS.contains(wanted.template().topic())) {
				this.persons.require(caller.tenant(), caller.actor(), wanted.createdBy(),
						"Version %d of template '%s' has the topic '%s', whose messages need no consent to marketing, and"
							.formatted(version, key, wanted.template().topic()));
			}
			findings.stream()
				.filter(TemplateFinding::needsSecondPerson)
				.findFirst()
				.ifPresent((finding) -> this.persons.require(caller.tenant(), caller.actor(), wanted.createdBy(),
						"Version %d of template '%s' has a warning (%s: %s) and".formatted(version, key,
								finding.where(), finding.detail())));
		}
		if (!this.templates.approve(caller.tenant(), caller.actor(), key, version)) {
			throw unknown(key, version);
		}
	}

	/**
	 * Whether a version has warnings that the caller, as its author, may not accept.
	 * @param caller a user
	 * @param version the version
	 * @param findings its findings
	 * @return true if another person has to approve it
	 */
	public boolean needsAnotherPerson(Caller caller, TemplateVersion version, List<TemplateFinding> findings) {
		return (findings.stream().anyMatch(TemplateFinding::needsSecondPerson)
				|| SERVICE_TOPICS.contains(version.template().topic()))
				&& this.persons.refusal(caller.tenant(), caller.actor(), version.createdBy()).isPresent();
	}

	private static InvalidRequestException unknown(String key, int version) {
		return InvalidRequestException.notFound(
				"There is no version %d of template '%s'; GET /api/v1/templates lists them".formatted(version, key));
	}

}
