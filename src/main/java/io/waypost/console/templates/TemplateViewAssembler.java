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
import io.waypost.content.Template;
import io.waypost.content.TemplateAdministration;
import io.waypost.content.TemplateDiff;
import io.waypost.content.TemplateFinding;
import io.waypost.content.TemplateHistory;
import io.waypost.content.TemplateVersion;
import io.waypost.content.TestAddresses;
import io.waypost.delivery.SendLog;
import io.waypost.kernel.EmailAddress;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Puts together what is shown of templates. */
@Component
public class TemplateViewAssembler {

	private final TemplateAdministration desk;

	private final SendLog log;

	private final TestAddresses addresses;

	private final TemplatePreviews previews;

	private final Labels words;

	private final Clock clock;

	TemplateViewAssembler(TemplateAdministration desk, SendLog log, TestAddresses addresses, TemplatePreviews previews,
			Labels words, Clock clock) {
		this.desk = desk;
		this.log = log;
		this.addresses = addresses;
		this.previews = previews;
		this.words = words;
		this.clock = clock;
	}

	List<TemplateListItem> rows(TenantId tenant) {
		return this.desk.list(tenant).stream().map(TemplateViewAssembler::row).toList();
	}

	TemplateView view(Caller caller, String key, TemplatePageQuery query) {
		TenantId tenant = caller.tenant();
		TemplateHistory history = this.desk.history(tenant, key);
		TemplateVersion chosen = (query.version() == null) ? history.versions().getFirst()
				: history.version(query.version()).orElseThrow(TemplatePageController::unknown);
		Template template = chosen.template();
		List<TemplateFinding> findings = this.desk.check(tenant, template);
		List<Integer> others = history.versions()
			.stream()
			.map((version) -> version.template().version())
			.filter((number) -> number != template.version())
			.toList();
		int compared = compared(history, chosen, others, query.against());
		TemplatePreviews.PreviewSelection shown = this.previews.show(tenant, template, query.person());
		return new TemplateView(key, template.version(), summary(history),
				AccessRight.CHANGE_CONTENT.isGrantedTo(caller),
				history.versions().stream().map(TemplateViewAssembler::version).toList(), version(chosen),
				findings.stream().map(this::finding).toList(), findings.stream().anyMatch(TemplateFinding::isBlocking),
				reach(tenant, history, chosen), others, compared,
				(compared == 0) ? List.of() : diff(this.desk.diff(tenant, key, compared, template.version())),
				shown.preview(), shown.person(), shown.problem(),
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

	private List<String> reach(TenantId tenant, TemplateHistory history, TemplateVersion chosen) {
		if (chosen.live()) {
			return List.of();
		}
		Template template = chosen.template();
		Instant weekAgo = this.clock.instant().minus(Duration.ofDays(7));
		long used = this.log.countByTemplate(tenant, template.key(), weekAgo);
		List<String> reach = new ArrayList<>();
		Optional<TemplateVersion> replaced = history.replacedVersion(chosen);
		reach.add("From then on every new message of this template in %s uses version %d%s.".formatted(
				language(template.locale()), template.version(),
				replaced.map((other) -> " in place of version " + other.template().version()).orElse("")));
		reach.add("%,d %s used this template within the last 7 days, in all languages.".formatted(used,
				(used == 1) ? "message" : "messages"));
		reach.add("Messages that are queued or wait for a review keep the words they have.");
		return reach;
	}

	private List<TemplateView.FieldDiffView> diff(TemplateDiff diff) {
		return diff.fields()
			.stream()
			.filter(TemplateDiff.FieldChange::changed)
			.map((field) -> new TemplateView.FieldDiffView(this.words.fieldName(field.name()),
					field.passages()
						.stream()
						.map((passage) -> new TemplateView.PassageView(passage.change().name().toLowerCase(Locale.ROOT),
								passage.text()))
						.toList()))
			.toList();
	}

	private TemplateView.FindingView finding(TemplateFinding finding) {
		return new TemplateView.FindingView(this.words.severity(finding.severity()), tone(finding.severity()),
				this.words.location(finding.where()), finding.detail());
	}

	static String tone(String severity) {
		return switch (severity) {
			case "blocking", "severe" -> "bad";
			case "warning" -> "wait";
			default -> "held";
		};
	}

	private static TemplateListItem row(TemplateHistory history) {
		TemplateVersion newest = history.versions().getFirst();
		TemplateVersion changed = history.versions()
			.stream()
			.max(Comparator.comparing(TemplateViewAssembler::changedAt))
			.orElse(newest);
		List<String> live = history.live()
			.entrySet()
			.stream()
			.map((entry) -> language(entry.getKey()) + ", version " + entry.getValue())
			.toList();
		return new TemplateListItem(history.key(), newest.template().topic(), live,
				newest.template().approved() ? ""
						: "Version %d waits for approval".formatted(newest.template().version()),
				changedAt(changed), actorName(Objects.requireNonNullElse(changed.approvedBy(), changed.createdBy())));
	}

	private static Instant changedAt(TemplateVersion version) {
		return (version.approvedAt() != null) ? version.approvedAt() : version.createdAt();
	}

	private static TemplateView.TemplateVersionView version(TemplateVersion version) {
		Template template = version.template();
		String state = version.live() ? "Live" : template.approved() ? "Approved before" : "Not approved";
		return new TemplateView.TemplateVersionView(template.version(), language(template.locale()), state,
				version.live() ? "good" : template.approved() ? "held" : "wait", actorName(version.createdBy()),
				version.createdAt(), (version.approvedBy() != null) ? actorName(version.approvedBy()) : null,
				version.approvedAt());
	}

	private static String summary(TemplateHistory history) {
		String live = history.live().isEmpty() ? "nothing is live yet" : "live in "
				+ String.join(", ", history.live().keySet().stream().map(TemplateViewAssembler::language).toList());
		return "Topic %s · %s".formatted(history.versions().getFirst().template().topic(), live);
	}

	private static String language(String tag) {
		return Locale.forLanguageTag(tag).getDisplayName(Locale.ENGLISH);
	}

	public static String actorName(String actor) {
		return actor.substring(actor.indexOf(':') + 1);
	}

}
