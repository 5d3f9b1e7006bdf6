package io.waypost.content;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.waypost.content.template.BrandKitCheck;
import io.waypost.content.template.TemplateApprovalRefusedException;
import io.waypost.database.AdvisoryLock;
import io.waypost.database.AdvisoryLocks;
import io.waypost.database.SqlTime;
import io.waypost.kernel.ClockTicker;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Stores templates. Each change adds a version; one approved version per language is
 * live.
 */
@Component
public class TemplateRepository {

	public static final String DEFAULT_LANGUAGE = "en";

	private static final int CACHED_TEMPLATES = 2_000;

	static final String COLUMNS = """
			key, version, topic, locale, subject, preheader, headline, body, call_to_action, approved_at, approved_by, live,
				created_at, created_by
			""";

	private final JdbcClient jdbc;

	private final Clock clock;

	private final Ledger ledger;

	private final BrandKitCheck brandKitCheck;

	private final AdvisoryLocks locks;

	private final Cache<TemplateKey, List<TemplateVersion>> candidates;

	TemplateRepository(JdbcClient jdbc, Clock clock, Ledger ledger, BrandKitCheck brandKitCheck, AdvisoryLocks locks) {
		this.jdbc = jdbc;
		this.clock = clock;
		this.ledger = ledger;
		this.brandKitCheck = brandKitCheck;
		this.locks = locks;
		this.candidates = Caffeine.newBuilder()
			.maximumSize(CACHED_TEMPLATES)
			.expireAfterWrite(Duration.ofSeconds(1))
			.ticker(new ClockTicker(clock))
			.build();
	}

	/**
	 * Finds the live version of a template in the best matching language. If no version
	 * was ever approved, it finds the newest one, so that its content can be reviewed. An
	 * approval on another node is visible within a second.
	 * @param tenant the tenant
	 * @param key key of the template
	 * @param locale BCP 47 tag that the recipient prefers
	 * @return the template, in the default language when there is none in the recipient's
	 */
	public Optional<Template> find(TenantId tenant, String key, String locale) {
		List<TemplateVersion> candidates = this.candidates.get(new TemplateKey(tenant, key), this::candidates);
		boolean anyLive = candidates.stream().anyMatch(TemplateVersion::live);
		return candidates.stream()
			.filter((candidate) -> candidate.live() || !anyLive)
			.map(TemplateVersion::template)
			.max(Comparator.<Template>comparingInt((template) -> closeness(template.locale(), locale))
				.thenComparingInt(Template::version));
	}

	/**
	 * Names the versions that {@link #find(TenantId, String, String)} selects from, as
	 * they are in the database now.
	 * @param tenant the tenant
	 * @param key key of the template
	 * @return for example {@code de@2,en@3}, empty when there is no template
	 */
	public String versionsInUse(TenantId tenant, String key) {
		return candidates(new TemplateKey(tenant, key)).stream()
			.map((candidate) -> candidate.template().locale() + '@' + candidate.template().version())
			.sorted()
			.collect(Collectors.joining(","));
	}

	/**
	 * Finds a version, live or not.
	 * @param tenant the tenant
	 * @param key key of the template
	 * @param version the version number
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
	 * Returns a repository whose search by language always finds one version. Used for
	 * previews; nothing is stored.
	 * @param version the version to find
	 * @return the repository
	 */
	public TemplateRepository pinnedTo(Template version) {
		return new TemplateRepository(this.jdbc, this.clock, this.ledger, this.brandKitCheck, this.locks) {

			@Override
			public Optional<Template> find(TenantId tenant, String key, String locale) {
				return Optional.of(version);
			}

		};
	}

	/**
	 * Adds a version. It is live after {@link #approve}.
	 * @param tenant the tenant
	 * @param actor the user, as recorded in the ledger
	 * @param template the content; its version number and approval are ignored
	 * @return the template with its version number
	 */
	@Transactional
	public Template add(TenantId tenant, String actor, Template template) {
		this.candidates.invalidate(new TemplateKey(tenant, template.key()));
		// Two writers must not take the same version number.
		this.locks.lock(AdvisoryLock.TEMPLATE_VERSION, tenant, template.key());
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
	 * Makes a version live; it replaces the live version in the same language. An older
	 * version may be approved again. A version that is live already keeps its approval.
	 * @param tenant the tenant
	 * @param actor the user, as recorded in the ledger
	 * @param key key of the template
	 * @param version the version number
	 * @return false when there is no such version
	 * @throws TemplateApprovalRefusedException when the brand kit check has a blocking
	 * finding
	 */
	@Transactional
	public boolean approve(TenantId tenant, String actor, String key, int version) {
		Optional<Template> template = find(tenant, key, version);
		template.ifPresent((found) -> requireNoBlockingFinding(tenant, found));
		this.jdbc.sql("""
				update content.template set live = false
				where tenant_id = ? and key = ? and live and version <> ? and locale =
					(select locale from content.template where tenant_id = ? and key = ? and version = ?)""")
			.params(tenant.value(), key, version, tenant.value(), key, version)
			.update();
		int changed = this.jdbc.sql("""
				update content.template set live = true, approved_by = ?, approved_at = ?
				where tenant_id = ? and key = ? and version = ? and not live""")
			.params(actor, this.clock.instant().atOffset(ZoneOffset.UTC), tenant.value(), key, version)
			.update();
		this.candidates.invalidate(new TemplateKey(tenant, key));
		if (changed > 0) {
			this.ledger.record(List.of(new LedgerEntry(tenant, this.clock.instant(), "template.approved",
					"template:" + key, actor, Map.of("version", version))));
		}
		return template.isPresent();
	}

	/**
	 * Lists versions by key, newest first within a key.
	 * @param tenant the tenant
	 * @param afterKey key of the last version of the page before; empty for the first
	 * page
	 * @param afterVersion number of that version
	 * @param limit maximum number of versions
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

	private void requireNoBlockingFinding(TenantId tenant, Template template) {
		List<TemplateFinding> findings = this.brandKitCheck.check(tenant, template);
		if (findings.stream().anyMatch(TemplateFinding::isBlocking)) {
			throw new TemplateApprovalRefusedException(template, findings);
		}
	}

	/** Reads the live version in each language, or the newest if none is live. */
	private List<TemplateVersion> candidates(TemplateKey template) {
		return this.jdbc
			.sql("select distinct on (locale) " + COLUMNS
					+ " from content.template where tenant_id = ? and key = ? order by locale, live desc, version desc")
			.params(template.tenant().value(), template.key())
			.query(TemplateRepository::version)
			.list();
	}

	/**
	 * Returns 3 for the same tag, 2 for the same language, 1 for the default language.
	 */
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
		Instant approved = SqlTime.readNullable(row, "approved_at");
		Template template = new Template(row.getString("key"), row.getInt("version"), row.getString("topic"),
				row.getString("locale"), row.getString("subject"), row.getString("preheader"),
				row.getString("headline"), row.getString("body"), row.getString("call_to_action"), approved != null);
		return new TemplateVersion(template, row.getBoolean("live"), row.getString("created_by"),
				SqlTime.read(row, "created_at"), row.getString("approved_by"), approved);
	}

	private record TemplateKey(TenantId tenant, String key) {

	}

}
