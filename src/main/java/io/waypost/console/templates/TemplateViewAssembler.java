package io.waypost.console.templates;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.console.Labels;
import io.waypost.console.PageNotFoundException;
import io.waypost.content.Template;
import io.waypost.content.TemplateAdministration;
import io.waypost.content.TemplateDiff;
import io.waypost.content.TemplateFinding;
import io.waypost.content.TemplateHistory;
import io.waypost.content.TemplateVersion;
import io.waypost.content.TestAddresses;
import io.waypost.delivery.SendLog;
import io.waypost.kernel.EmailAddress;
import io.waypost.kernel.Cursor;
import io.waypost.kernel.Page;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Assembles the template pages. */
@Component
class TemplateViewAssembler {

	private static final int ROWS = 100;

	private final TemplateAdministration administration;

	private final SendLog log;

	private final TestAddresses addresses;

	private final TemplatePreviews previews;

	private final Labels labels;

	private final Clock clock;

	TemplateViewAssembler(TemplateAdministration administration, SendLog log, TestAddresses addresses,
			TemplatePreviews previews, Labels labels, Clock clock) {
		this.administration = administration;
		this.log = log;
		this.addresses = addresses;
		this.previews = previews;
		this.labels = labels;
		this.clock = clock;
	}

	Page<TemplateListItem> page(TenantId tenant, @Nullable String cursor) {
		String after = Cursor.decode(cursor, 1).map((last) -> last.text(0)).orElse("");
		List<TemplateListItem> rows = this.administration.list(tenant, after, ROWS + 1)
			.stream()
			.map(this::row)
			.toList();
		return Cursor.page(rows, ROWS, (last) -> Cursor.of(last.key()));
	}

	TemplateView view(Caller caller, String key, TemplatePageQuery query) {
		TenantId tenant = caller.tenant();
		TemplateHistory history = this.administration.history(tenant, key);
		TemplateVersion chosen = (query.version() == null) ? history.versions().getFirst()
				: history.version(query.version()).orElseThrow(PageNotFoundException::new);
		Template template = chosen.template();
		List<TemplateFinding> findings = this.administration.check(tenant, template);
		List<Integer> others = history.versions()
			.stream()
			.map((version) -> version.template().version())
			.filter((number) -> number != template.version())
			.toList();
		int compared = compared(history, chosen, others, query.against());
		TemplatePreviews.PreviewSelection shown = this.previews.show(caller, template, query.profile());
		return new TemplateView(key, template.version(), summary(history),
				AccessRight.CHANGE_CONTENT.isGrantedTo(caller), history.versions().stream().map(this::version).toList(),
				version(chosen), findings.stream().map(this::finding).toList(),
				findings.stream().anyMatch(TemplateFinding::isBlocking), reach(caller, history, chosen, findings),
				others, compared,
				(compared == 0) ? List.of() : diff(this.administration.diff(tenant, key, compared, template.version())),
				shown.preview(), shown.profile(), shown.problem(),
				this.addresses.all().stream().map(EmailAddress::value).toList());
	}

	private static int compared(TemplateHistory history, TemplateVersion chosen, List<Integer> others,
			@Nullable Integer wanted) {
		if (wanted != null && others.contains(wanted)) {
			return wanted;
		}
		return history.before(chosen)
			.map((before) -> before.template().version())
			.orElse(others.isEmpty() ? 0 : others.getFirst());
	}

	private List<String> reach(Caller caller, TemplateHistory history, TemplateVersion chosen,
			List<TemplateFinding> findings) {
		if (chosen.live()) {
			return List.of();
		}
		Template template = chosen.template();
		Instant weekAgo = this.clock.instant().minus(Duration.ofDays(7));
		long used = this.log.countByTemplate(caller.tenant(), template.key(), weekAgo);
		List<String> reach = new ArrayList<>();
		Optional<TemplateVersion> replaced = history.replacedVersion(chosen);
		reach.add(replaced
			.map((other) -> this.labels.text("template.approval.replace", language(template.locale()),
					template.version(), other.template().version()))
			.orElseGet(
					() -> this.labels.text("template.approval.use", language(template.locale()), template.version())));
		reach.add(this.labels.text("template.approval.volume", used));
		reach.add(this.labels.text("template.approval.queued"));
		if (this.administration.needsAnotherPerson(caller, chosen, findings)) {
			reach.add(this.labels.text("template.approval.author"));
		}
		return reach;
	}

	private List<TemplateView.FieldDiffView> diff(TemplateDiff diff) {
		return diff.fields()
			.stream()
			.filter(TemplateDiff.FieldChange::changed)
			.map((field) -> new TemplateView.FieldDiffView(this.labels.fieldName(field.name()),
					field.passages()
						.stream()
						.map((passage) -> new TemplateView.PassageView(passage.change().name().toLowerCase(Locale.ROOT),
								passage.text()))
						.toList()))
			.toList();
	}

	private TemplateView.FindingView finding(TemplateFinding finding) {
		return new TemplateView.FindingView(this.labels.severity(finding.severity()), tone(finding.severity()),
				this.labels.location(finding.where()), finding.detail());
	}

	static String tone(String severity) {
		return switch (severity) {
			case "blocking", "severe" -> "bad";
			case "warning" -> "wait";
			default -> "held";
		};
	}

	private TemplateListItem row(TemplateHistory history) {
		TemplateVersion newest = history.versions().getFirst();
		TemplateVersion changed = history.versions()
			.stream()
			.max(Comparator.comparing(TemplateViewAssembler::changedAt))
			.orElse(newest);
		List<String> live = history.live()
			.entrySet()
			.stream()
			.map((entry) -> this.labels.text("template.liveVersion", language(entry.getKey()), entry.getValue()))
			.toList();
		return new TemplateListItem(history.key(), newest.template().topic(), live,
				newest.template().approved() ? "" : this.labels.text("version", newest.template().version()),
				changedAt(changed),
				Labels.actorName(Objects.requireNonNullElse(changed.approvedBy(), changed.createdBy())));
	}

	private static Instant changedAt(TemplateVersion version) {
		return (version.approvedAt() != null) ? version.approvedAt() : version.createdAt();
	}

	private TemplateView.TemplateVersionView version(TemplateVersion version) {
		Template template = version.template();
		String state = this.labels
			.text(version.live() ? "column.live" : template.approved() ? "template.superseded" : "segment.notApproved");
		return new TemplateView.TemplateVersionView(template.version(), language(template.locale()), state,
				version.live() ? "good" : template.approved() ? "held" : "wait", Labels.actorName(version.createdBy()),
				version.createdAt(), (version.approvedBy() != null) ? Labels.actorName(version.approvedBy()) : null,
				version.approvedAt());
	}

	private String summary(TemplateHistory history) {
		String live = history.live().isEmpty() ? this.labels.text("template.notLive") : this.labels.text(
				"template.liveIn",
				String.join(", ", history.live().keySet().stream().map(TemplateViewAssembler::language).toList()));
		return this.labels.text("template.summary", history.versions().getFirst().template().topic(), live);
	}

	private static String language(String tag) {
		return Locale.forLanguageTag(tag).getDisplayName(Locale.ENGLISH);
	}

}
