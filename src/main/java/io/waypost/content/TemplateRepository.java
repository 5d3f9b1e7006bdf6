package io.waypost.content;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.waypost.content.cache.ExpiringCache;
import io.waypost.content.liquid.LiquidEngine;
import io.waypost.content.liquid.LiquidError;
import io.waypost.content.liquid.MergeTags;
import io.waypost.content.template.BrandKitCheck;
import io.waypost.content.template.TemplateApprovalRefused;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Templates, versioned. */
@Component
public class TemplateRepository {

	public static final String DEFAULT_LANGUAGE = "en";

	static final String COLUMNS = """
			key, version, topic, locale, subject, preheader, headline, body, call_to_action, approved_at, approved_by, live,
				created_at, created_by
			""";

	private final JdbcClient jdbc;

	private final Clock clock;

	private final Ledger ledger;

	private final LiquidEngine liquid;

	private final BrandKitCheck checks;

	private final ExpiringCache<String, List<TemplateVersion>> candidates;

	TemplateRepository(JdbcClient jdbc, Clock clock, Ledger ledger, LiquidEngine liquid, BrandKitCheck checks) {
		this.jdbc = jdbc;
		this.clock = clock;
		this.ledger = ledger;
		this.liquid = liquid;
		this.checks = checks;
		this.candidates = new ExpiringCache<>(clock, Duration.ofSeconds(1));
	}

	/**
	 * Finds the live version of a template in the best matching language. While nothing
	 * of that name was ever approved its newest version is found, so that a person can
	 * review what it says. Another node's approval shows within a second.
	 * @param tenant whose
	 * @param key its name
	 * @param locale BCP 47 tag the recipient prefers
	 * @return the template, in the default language when there is none in the recipient's
	 */
	public Optional<Template> find(TenantId tenant, String key, String locale) {
		List<TemplateVersion> candidates = this.candidates.get(tenant + "/" + key, () -> candidates(tenant, key));
		boolean anyLive = candidates.stream().anyMatch(TemplateVersion::live);
		return candidates.stream()
			.filter((candidate) -> candidate.live() || !anyLive)
			.map(TemplateVersion::template)
			.max(Comparator.<Template>comparingInt((template) -> closeness(template.locale(), locale))
				.thenComparingInt(Template::version));
	}

	/**
	 * Finds one version, live or not.
	 * @param tenant whose
	 * @param key its name
	 * @param version its number
	 * @return the template, empty when there is no such version
	 */
	public Optional<Template> find(TenantId tenant, String key, int version) {
		return this.jdbc
			.sql("select " + COLUMNS + " from content.template where tenant_id = ? and key = ? and version = ?")
			.params(tenant.value(), key, version)
			.query(TemplateRepository::version)
			.optional()
			.map(TemplateVersion::template);
	}

	/**
	 * The same templates, but that every search finds one version: for trying out what it
	 * would say. Nothing is stored.
	 * @param version what to find
	 * @return templates to hand to whoever would ask these
	 */
	public TemplateRepository pinnedTo(Template version) {
		return new TemplateRepository(this.jdbc, this.clock, this.ledger, this.liquid, this.checks) {

			@Override
			public Optional<Template> find(TenantId tenant, String key, String locale) {
				return Optional.of(version);
			}

		};
	}

	/**
	 * Fills the texts of a template.
	 * @param template the template
	 * @param slots names from {@link MergeTags} to plain strings, numbers, lists and maps
	 * @return its words
	 * @throws TemplateRenderingFailed when a text cannot be rendered within its bounds
	 */
	public TemplateCopy fill(Template template, Map<String, Object> slots) {
		return new TemplateCopy(line(template, "subject", template.subject(), slots),
				line(template, "preheader", template.preheader(), slots),
				line(template, "headline", template.headline(), slots),
				TemplateCopy.paragraphs(line(template, "body", template.body(), slots)),
				line(template, "callToAction", template.callToAction(), slots));
	}

	/**
	 * Says what is wrong with a text somebody wrote.
	 * @param text Liquid
	 * @return sentences for its author, naming unknown slots and the place of a mistake;
	 * empty when it is fine
	 */
	public List<String> problems(String text) {
		return this.liquid.problems(text);
	}

	/**
	 * The slots a text asks for.
	 * @param text Liquid without {@link #problems}
	 * @return their names
	 */
	public Set<String> mergeTags(String text) {
		return this.liquid.mergeTags(text);
	}

	/**
	 * Adds a version; {@link #approve} puts it live.
	 * @param tenant whose
	 * @param actor who, as the ledger shows it
	 * @param template what it should be; its version number and approval are ignored
	 * @return the template with its own version number
	 */
	@Transactional
	public Template add(TenantId tenant, String actor, Template template) {
		this.candidates.forget(tenant + "/" + template.key());
		// The advisory lock keeps two writers from taking the same number.
		this.jdbc.sql("select pg_advisory_xact_lock(hashtext('content.template'), hashtext(?))")
			.params(tenant.value() + '/' + template.key())
			.query((row) -> {
			});
		return this.jdbc
			.sql("""
					insert into content.template (tenant_id, key, version, locale, topic, subject, preheader, headline, body,
						call_to_action, created_by, created_at)
					select ?, ?, coalesce(max(version), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ?, ?
					from content.template where tenant_id = ? and key = ?
					returning\s"""
					+ COLUMNS)
			.params(Arrays.asList(tenant.value(), template.key(), template.locale(), template.topic(),
					template.subject(), template.preheader(), template.headline(), template.body(),
					template.callToAction(), actor, this.clock.instant().atOffset(ZoneOffset.UTC), tenant.value(),
					template.key()))
			.query(TemplateRepository::version)
			.single()
			.template();
	}

	/**
	 * Puts a version live, also an older one, in place of the one in the same language.
	 * @param tenant whose
	 * @param actor who, as the ledger shows it
	 * @param key its name
	 * @param version which
	 * @return whether there is such a version
	 * @throws TemplateApprovalRefused when the brand kit check finds something blocking
	 */
	@Transactional
	public boolean approve(TenantId tenant, String actor, String key, int version) {
		find(tenant, key, version).ifPresent((template) -> requireClean(tenant, template));
		this.jdbc.sql("""
				update content.template set live = false
				where tenant_id = ? and key = ? and live and version <> ? and locale =
					(select locale from content.template where tenant_id = ? and key = ? and version = ?)""")
			.params(tenant.value(), key, version, tenant.value(), key, version)
			.update();
		int changed = this.jdbc.sql("""
				update content.template set live = true, approved_by = ?, approved_at = ?
				where tenant_id = ? and key = ? and version = ?""")
			.params(actor, this.clock.instant().atOffset(ZoneOffset.UTC), tenant.value(), key, version)
			.update();
		this.candidates.forget(tenant + "/" + key);
		if (changed > 0) {
			this.ledger.record(List.of(new LedgerEntry(tenant, this.clock.instant(), "template.approved",
					"template:" + key, actor, Map.of("version", version))));
		}
		return changed > 0;
	}

	/**
	 * Reads versions by key, newest first within a key.
	 * @param tenant whose
	 * @param afterKey key of the version before the first, empty for the beginning
	 * @param afterVersion its number
	 * @param limit how many at the most
	 * @return the versions
	 */
	public List<TemplateVersion> list(TenantId tenant, String afterKey, int afterVersion, int limit) {
		return this.jdbc.sql("select " + COLUMNS + """
				 from content.template
				where tenant_id = ? and (key > ? or (key = ? and version < ?))
				order by key, version desc limit ?""")
			.params(tenant.value(), afterKey, afterKey, afterVersion, limit)
			.query(TemplateRepository::version)
			.list();
	}

	private void requireClean(TenantId tenant, Template template) {
		List<TemplateFinding> findings = this.checks.check(tenant, template);
		if (findings.stream().anyMatch(TemplateFinding::isBlocking)) {
			throw new TemplateApprovalRefused(template, findings);
		}
	}

	/** The live or else the newest version in each language. */
	private List<TemplateVersion> candidates(TenantId tenant, String key) {
		return this.jdbc
			.sql("select distinct on (locale) " + COLUMNS
					+ " from content.template where tenant_id = ? and key = ? order by locale, live desc, version desc")
			.params(tenant.value(), key)
			.query(TemplateRepository::version)
			.list();
	}

	private @Nullable String line(Template template, String field, @Nullable String source, Map<String, Object> slots) {
		if (source == null) {
			return null;
		}
		try {
			return this.liquid.render(source, slots);
		}
		catch (LiquidError problem) {
			throw new TemplateRenderingFailed(template, field, problem);
		}
	}

	/** 3 for the same tag, 2 for the same language, 1 for the default language. */
	private static int closeness(String offered, String wanted) {
		if (offered.equalsIgnoreCase(wanted)) {
			return 3;
		}
		String language = Locale.forLanguageTag(offered).getLanguage();
		if (language.equals(Locale.forLanguageTag(wanted).getLanguage())) {
			return 2;
		}
		return language.equals(DEFAULT_LANGUAGE) ? 1 : 0;
	}

	static TemplateVersion version(ResultSet row, int number) throws SQLException {
		Template template = new Template(row.getString("key"), row.getInt("version"), row.getString("topic"),
				row.getString("locale"), row.getString("subject"), row.getString("preheader"),
				row.getString("headline"), row.getString("body"), row.getString("call_to_action"),
				row.getTimestamp("approved_at") != null);
		Timestamp approved = row.getTimestamp("approved_at");
		return new TemplateVersion(template, row.getBoolean("live"), row.getString("created_by"),
				row.getTimestamp("created_at").toInstant(), row.getString("approved_by"),
				(approved != null) ? approved.toInstant() : null);
	}

}
