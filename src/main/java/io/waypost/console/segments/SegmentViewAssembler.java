package io.waypost.console.segments;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequest;
import io.waypost.audience.Segment;
import io.waypost.audience.SegmentAdministration;
import io.waypost.audience.SegmentPreview;
import io.waypost.audience.Segments;
import io.waypost.audience.language.SourcePosition;
import io.waypost.console.ProfileLookup;
import io.waypost.console.RequestErrors;
import io.waypost.console.overview.OverviewView;
import io.waypost.console.templates.TemplatePageController;
import io.waypost.console.templates.TemplateViewAssembler;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Puts together what is shown of segments. */
@Component
class SegmentViewAssembler {

	private static final int MOST = 500;

	/**
	 * Words that join conditions, but not those in quotation marks or between numbers.
	 */
	private static final Pattern BREAKS = Pattern.compile("\"[^\"]*\"|'[^']*'|between \\S+ and| (and|or) ");

	private final Segments segments;

	private final SegmentAdministration desk;

	private final ProfileLookup people;

	SegmentViewAssembler(Segments segments, SegmentAdministration desk, ProfileLookup people) {
		this.segments = segments;
		this.desk = desk;
		this.people = people;
	}

	/** One row for each name: the version in force, else the newest. */
	List<SegmentView.SegmentListItem> rows(TenantId tenant, boolean counted) {
		Collection<List<Segment>> histories = this.segments.list(tenant, "", Integer.MAX_VALUE, MOST)
			.stream()
			.collect(Collectors.groupingBy(Segment::name, LinkedHashMap::new, Collectors.toList()))
			.values();
		List<String> definitions = histories.stream().map((history) -> shown(history).definition()).toList();
		List<Long> sizes = counted ? this.segments.count(tenant, definitions) : List.of();
		List<SegmentView.SegmentListItem> rows = new ArrayList<>();
		for (List<Segment> history : histories) {
			Segment segment = shown(history);
			rows.add(new SegmentView.SegmentListItem(segment.name(), segment.description(), segment.owner(),
					segment.version(), segment.live(), segment.retiredAt() != null, waiting(history),
					readable(segment.definition()), counted ? sizes.get(rows.size()) : null));
		}
		return rows;
	}

	/**
	 * One segment, as one of its versions has it.
	 * @param version which, null for the one in force or else the newest
	 */
	SegmentView view(Caller caller, String name, @Nullable Integer version) {
		List<Segment> history = require(caller.tenant(), name);
		Segment shown = (version != null) ? require(caller.tenant(), name, version) : shown(history);
		boolean mayEdit = AccessRight.CHANGE_SEGMENTS.isGrantedTo(caller);
		SegmentView.SegmentEstimate reached = estimate(caller.tenant(), shown.definition());
		return new SegmentView(name, shown.description(), shown.owner(), version(shown), mayEdit,
				history.stream().map(SegmentViewAssembler::version).toList(), reached,
				(mayEdit && !shown.usable()) ? approval(caller, shown, history, reached) : null, shown.retiredAt());
	}

	/** All versions of a segment, newest first. */
	List<Segment> require(TenantId tenant, String name) {
		List<Segment> history = this.segments.versions(tenant, name);
		if (history.isEmpty()) {
			throw TemplatePageController.unknown();
		}
		return history;
	}

	/** One version of a segment. */
	Segment require(TenantId tenant, String name, int version) {
		return require(tenant, name).stream()
			.filter((segment) -> segment.version() == version)
			.findFirst()
			.orElseThrow(TemplatePageController::unknown);
	}

	/** Whom what was typed reaches, or where it makes no sense. */
	SegmentView.SegmentEstimate estimate(Caller caller, SegmentForm form) {
		try {
			return reached(caller.tenant(), this.desk.preview(caller, form.body()));
		}
		catch (InvalidRequest refused) {
			return SegmentView.SegmentEstimate.failed(problem(form.text(), refused));
		}
	}

	/** The same of what was not kept: the definition may be why, or be as it should. */
	SegmentView.SegmentEstimate estimate(Caller caller, SegmentForm form, InvalidRequest refused) {
		return RequestErrors.violations(refused)
			.stream()
			.anyMatch((violation) -> violation.pointer().equals("/definition"))
					? SegmentView.SegmentEstimate.failed(problem(form.text(), refused)) : estimate(caller, form);
	}

	/** On several lines, so that it can be read. */
	static String readable(String definition) {
		return BREAKS.matcher(definition)
			.replaceAll((found) -> (found.group(1) != null) ? "\n" + found.group(1) + " "
					: Matcher.quoteReplacement(found.group()));
	}

	private SegmentView.SegmentEstimate estimate(TenantId tenant, String definition) {
		try {
			return reached(tenant, this.segments.preview(tenant, definition));
		}
		catch (InvalidRequest refused) {
			return SegmentView.SegmentEstimate.failed(problem(definition, refused));
		}
	}

	private SegmentView.SegmentEstimate reached(TenantId tenant, SegmentPreview preview) {
		Map<ProfileId, String> ids = this.people.userIds(tenant, preview.sample());
		long most = Math.max(1, preview.people());
		return new SegmentView.SegmentEstimate(preview.size(), preview.people(),
				preview.conditions()
					.stream()
					.map((part) -> new OverviewView.CountBar(part.text(), part.size(), most))
					.toList(),
				preview.sample().stream().map((profile) -> new SegmentView.SampleProfile(ids.get(profile))).toList(),
				preview.hints(), null);
	}

	/** What approving a version does, in sentences. */
	private SegmentView.ApprovalEffect approval(Caller caller, Segment wanted, List<Segment> history,
			SegmentView.SegmentEstimate reached) {
		if (reached.problem() != null) {
			return new SegmentView.ApprovalEffect(List.of(),
					"It makes no sense any more, so it cannot be put in force. Write a version that does.");
		}
		String before = history.stream()
			.filter(Segment::live)
			.filter((live) -> live.version() != wanted.version())
			.map((live) -> estimate(caller.tenant(), live.definition()))
			.filter((attempt) -> attempt.problem() == null)
			.map((attempt) -> " instead of %,d".formatted(attempt.size()))
			.findFirst()
			.orElse("");
		return new SegmentView.ApprovalEffect(List.of(
				"From then on “%s” means this, wherever it is used: in campaigns that begin later and in segments"
					.formatted(wanted.name()) + " that refer to it.",
				"It reaches %,d %s%s now.".formatted(reached.size(), (reached.size() == 1) ? "person" : "people",
						before),
				"Audiences that are frozen already stay as they are."),
				this.desk.mayApprove(caller, wanted) ? null
						: "You wrote it, so somebody else who may change segments puts it in force.");
	}

	private static Segment shown(List<Segment> history) {
		return history.stream().filter(Segment::live).findFirst().orElse(history.getFirst());
	}

	/** The number of a newer version that nobody has approved, 0 for none. */
	private static int waiting(List<Segment> history) {
		Segment newest = history.getFirst();
		return (newest.approvedAt() == null && newest.version() > shown(history).version()) ? newest.version() : 0;
	}

	private static SegmentView.MarkedProblem problem(String definition, InvalidRequest refused) {
		Map<String, Object> properties = Objects.requireNonNullElse(refused.getBody().getProperties(), Map.of());
		String detail = RequestErrors.violations(refused)
			.stream()
			.findFirst()
			.map(InvalidRequest.Violation::detail)
			.orElseGet(() -> String.valueOf(refused.getBody().getDetail()));
		if (!(properties.get("position") instanceof SourcePosition position)) {
			return new SegmentView.MarkedProblem(detail, definition, "", "");
		}
		int from = Math.min(offset(definition, position), definition.length());
		String word = Objects.requireNonNullElse(properties.get("word"), "").toString();
		int end = definition.startsWith(word, from) ? from + word.length() : from;
		String marked = definition.substring(from, end);
		return new SegmentView.MarkedProblem(detail, definition.substring(0, from), marked.isEmpty() ? "…" : marked,
				definition.substring(end));
	}

	private static int offset(String text, SourcePosition position) {
		int start = 0;
		for (int line = 1; line < position.line(); line++) {
			int next = text.indexOf('\n', start);
			start = (next < 0) ? text.length() : next + 1;
		}
		return start + position.column() - 1;
	}

	private static SegmentView.SegmentVersionView version(Segment segment) {
		String state = segment.live() ? "In force"
				: (segment.approvedAt() != null) ? "In force before" : "Not approved";
		return new SegmentView.SegmentVersionView(segment.version(), state,
				segment.live() ? "good" : (segment.approvedAt() != null) ? "held" : "wait",
				TemplateViewAssembler.actorName(segment.createdBy()),
				(segment.approvedBy() != null) ? TemplateViewAssembler.actorName(segment.approvedBy()) : null,
				segment.createdAt(), readable(segment.definition()));
	}

}
