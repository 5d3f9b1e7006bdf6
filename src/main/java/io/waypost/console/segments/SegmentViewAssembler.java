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
import io.waypost.access.InvalidRequestException;
import io.waypost.audience.Segment;
import io.waypost.audience.SegmentAdministration;
import io.waypost.audience.SegmentPreview;
import io.waypost.audience.Segments;
import io.waypost.audience.language.SourcePosition;
import io.waypost.console.CountBar;
import io.waypost.console.Labels;
import io.waypost.console.PageNotFoundException;
import io.waypost.console.ProfileLookup;
import io.waypost.console.RequestErrors;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Assembles the segment pages. */
@Component
class SegmentViewAssembler {

	private static final int MOST = 500;

	/**
	 * Conjunctions of conditions, except in quoted texts and in {@code between 1 and 2}.
	 */
	private static final Pattern CONJUNCTIONS = Pattern.compile("\"[^\"]*\"|'[^']*'|between \\S+ and| (and|or) ");

	private final Segments segments;

	private final SegmentAdministration administration;

	private final ProfileLookup people;

	private final Labels labels;

	SegmentViewAssembler(Segments segments, SegmentAdministration administration, ProfileLookup people, Labels labels) {
		this.segments = segments;
		this.administration = administration;
		this.people = people;
		this.labels = labels;
	}

	/** Lists the segments by their live version, else by the newest. */
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
					segment.version(), segment.live(), segment.retiredAt() != null, pending(history),
					readable(segment.definition()), counted ? sizes.get(rows.size()) : null));
		}
		return rows;
	}

	/**
	 * Shows one version of a segment.
	 * @param version the version, null for the live one, else the newest
	 */
	SegmentView view(Caller caller, String name, @Nullable Integer version) {
		List<Segment> history = require(caller.tenant(), name);
		Segment shown = (version != null) ? require(caller.tenant(), name, version) : shown(history);
		boolean mayEdit = AccessRight.CHANGE_SEGMENTS.isGrantedTo(caller);
		SegmentView.SegmentEstimate estimate = estimate(caller.tenant(), shown.definition());
		return new SegmentView(name, shown.description(), shown.owner(), version(shown), mayEdit,
				history.stream().map(this::version).toList(), estimate,
				(mayEdit && !shown.usable()) ? approval(caller, shown, history, estimate) : null, shown.retiredAt());
	}

	/** Reads all versions of a segment, newest first. */
	List<Segment> require(TenantId tenant, String name) {
		List<Segment> history = this.segments.versions(tenant, name);
		if (history.isEmpty()) {
			throw new PageNotFoundException();
		}
		return history;
	}

	/** Reads one version of a segment. */
	Segment require(TenantId tenant, String name, int version) {
		return require(tenant, name).stream()
			.filter((segment) -> segment.version() == version)
			.findFirst()
			.orElseThrow(PageNotFoundException::new);
	}

	/** Estimates the size of a form's definition, or locates its error. */
	SegmentView.SegmentEstimate estimate(Caller caller, SegmentForm form) {
		try {
			return view(caller.tenant(), this.administration.preview(caller, form.body()));
		}
		catch (InvalidRequestException refused) {
			return SegmentView.SegmentEstimate.failed(problem(form.text(), refused));
		}
	}

	/**
	 * Estimates the size of a refused form. The definition may be the reason or not.
	 */
	SegmentView.SegmentEstimate estimate(Caller caller, SegmentForm form, InvalidRequestException refused) {
		return RequestErrors.violations(refused)
			.stream()
			.anyMatch((violation) -> violation.pointer().equals("/definition"))
					? SegmentView.SegmentEstimate.failed(problem(form.text(), refused)) : estimate(caller, form);
	}

	/** Breaks a definition into one line per condition. */
	static String readable(String definition) {
		return CONJUNCTIONS.matcher(definition)
			.replaceAll((found) -> (found.group(1) != null) ? "\n" + found.group(1) + " "
					: Matcher.quoteReplacement(found.group()));
	}

	private SegmentView.SegmentEstimate estimate(TenantId tenant, String definition) {
		try {
			return view(tenant, this.segments.preview(tenant, definition));
		}
		catch (InvalidRequestException refused) {
			return SegmentView.SegmentEstimate.failed(problem(definition, refused));
		}
	}

	private SegmentView.SegmentEstimate view(TenantId tenant, SegmentPreview preview) {
		Map<ProfileId, String> ids = this.people.userIds(tenant, preview.sample());
		long most = Math.max(1, preview.people());
		return new SegmentView.SegmentEstimate(preview.size(), preview.people(),
				preview.conditions().stream().map((part) -> new CountBar(part.text(), part.size(), most)).toList(),
				preview.sample().stream().map((profile) -> new SegmentView.SampleProfile(ids.get(profile))).toList(),
				preview.hints(), null);
	}

	/** Describes the effects of an approval. */
	private SegmentView.ApprovalEffect approval(Caller caller, Segment wanted, List<Segment> history,
			SegmentView.SegmentEstimate estimate) {
		if (estimate.problem() != null) {
			return new SegmentView.ApprovalEffect(List.of(), this.labels.text("segment.approval.invalid"));
		}
		String size = history.stream()
			.filter(Segment::live)
			.filter((live) -> live.version() != wanted.version())
			.map((live) -> estimate(caller.tenant(), live.definition()))
			.filter((live) -> live.problem() == null)
			.map((live) -> this.labels.text("segment.approval.sizeBefore", estimate.size(), live.size()))
			.findFirst()
			.orElseGet(() -> this.labels.text("segment.approval.size", estimate.size()));
		return new SegmentView.ApprovalEffect(
				List.of(this.labels.text("segment.approval.use", wanted.name()), size,
						this.labels.text("segment.approval.frozen")),
				this.administration.mayApprove(caller, wanted) ? null : this.labels.text("segment.approval.author"));
	}

	private static Segment shown(List<Segment> history) {
		return history.stream().filter(Segment::live).findFirst().orElse(history.getFirst());
	}

	/** Returns the newer version that needs approval, 0 for none. */
	private static int pending(List<Segment> history) {
		Segment newest = history.getFirst();
		return (newest.approvedAt() == null && newest.version() > shown(history).version()) ? newest.version() : 0;
	}

	private static SegmentView.MarkedProblem problem(String definition, InvalidRequestException refused) {
		Map<String, Object> properties = Objects.requireNonNullElse(refused.getBody().getProperties(), Map.of());
		String detail = RequestErrors.violations(refused)
			.stream()
			.findFirst()
			.map(InvalidRequestException.Violation::detail)
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

	private SegmentView.SegmentVersionView version(Segment segment) {
		String state = this.labels.text(segment.live() ? "column.live"
				: (segment.approvedAt() != null) ? "template.superseded" : "segment.notApproved");
		return new SegmentView.SegmentVersionView(segment.version(), state,
				segment.live() ? "good" : (segment.approvedAt() != null) ? "held" : "wait",
				Labels.actorName(segment.createdBy()),
				(segment.approvedBy() != null) ? Labels.actorName(segment.approvedBy()) : null, segment.createdAt(),
				readable(segment.definition()));
	}

}
