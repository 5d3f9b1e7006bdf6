package io.waypost.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.waypost.access.InvalidRequest;
import io.waypost.audience.Preview;
import io.waypost.audience.Segment;
import io.waypost.audience.Segments;
import io.waypost.audience.language.Position;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Puts together what is shown of segments. */
@Component
class SegmentPages {

	private static final int MOST = 500;

	/**
	 * Words that join conditions, but not those in quotation marks or between numbers.
	 */
	private static final Pattern BREAKS = Pattern.compile("\"[^\"]*\"|'[^']*'|between \\S+ and| (and|or) ");

	private final Segments segments;

	private final People people;

	SegmentPages(Segments segments, People people) {
		this.segments = segments;
		this.people = people;
	}

	/** One row for each name: the version in force, else the newest. */
	List<SegmentView.Row> rows(TenantId tenant, boolean counted) {
		List<Segment> shown = new ArrayList<>();
		for (Segment segment : this.segments.list(tenant, "", Integer.MAX_VALUE, MOST)) {
			if (shown.isEmpty() || !shown.getLast().name().equals(segment.name())) {
				shown.add(segment);
			}
			else if (segment.live()) {
				shown.set(shown.size() - 1, segment);
			}
		}
		List<Long> sizes = counted ? this.segments.count(tenant, shown.stream().map(Segment::definition).toList())
				: List.of();
		List<SegmentView.Row> rows = new ArrayList<>();
		for (Segment segment : shown) {
			rows.add(new SegmentView.Row(segment.name(), segment.description(), segment.owner(), segment.version(),
					segment.live(), readable(segment.definition()), counted ? sizes.get(rows.size()) : null));
		}
		return rows;
	}

	SegmentView view(TenantId tenant, String name, boolean mayEdit) {
		Segment segment = this.segments.find(tenant, name).orElseThrow(ContentController::unknown);
		return new SegmentView(name, segment.description(), segment.owner(), segment.version(), segment.live(),
				readable(segment.definition()), mayEdit,
				this.segments.versions(tenant, name).stream().map(SegmentPages::version).toList(),
				attempt(tenant, segment.definition()));
	}

	/** Whom a definition reaches, or where it makes no sense. */
	SegmentView.Attempt attempt(TenantId tenant, String definition) {
		try {
			return reached(tenant, this.segments.preview(tenant, definition));
		}
		catch (InvalidRequest refused) {
			return new SegmentView.Attempt(0, 0, List.of(), List.of(), List.of(), problem(definition, refused));
		}
	}

	/** On several lines, so that it can be read. */
	static String readable(String definition) {
		return BREAKS.matcher(definition)
			.replaceAll((found) -> (found.group(1) != null) ? "\n" + found.group(1) + " "
					: Matcher.quoteReplacement(found.group()));
	}

	private SegmentView.Attempt reached(TenantId tenant, Preview preview) {
		Map<ProfileId, String> ids = this.people.userIds(tenant, preview.sample());
		long most = Math.max(1, preview.people());
		return new SegmentView.Attempt(preview.size(), preview.people(),
				preview.conditions()
					.stream()
					.map((part) -> new OverviewView.CountBar(part.text(), part.size(), most))
					.toList(),
				preview.sample().stream().map((profile) -> new SegmentView.Somebody(ids.get(profile))).toList(),
				preview.hints(), null);
	}

	private static SegmentView.Problem problem(String definition, InvalidRequest refused) {
		Map<String, Object> properties = Objects.requireNonNullElse(refused.getBody().getProperties(), Map.of());
		String detail = Refusals.violations(refused)
			.stream()
			.findFirst()
			.map(InvalidRequest.Violation::detail)
			.orElseGet(() -> String.valueOf(refused.getBody().getDetail()));
		if (!(properties.get("position") instanceof Position position)) {
			return new SegmentView.Problem(detail, definition, "", "");
		}
		int from = Math.min(offset(definition, position), definition.length());
		String word = Objects.requireNonNullElse(properties.get("word"), "").toString();
		int end = definition.startsWith(word, from) ? from + word.length() : from;
		String marked = definition.substring(from, end);
		return new SegmentView.Problem(detail, definition.substring(0, from), marked.isEmpty() ? "…" : marked,
				definition.substring(end));
	}

	private static int offset(String text, Position position) {
		int start = 0;
		for (int line = 1; line < position.line(); line++) {
			int next = text.indexOf('\n', start);
			start = (next < 0) ? text.length() : next + 1;
		}
		return start + position.column() - 1;
	}

	private static SegmentView.Version version(Segment segment) {
		String state = segment.live() ? "In force"
				: (segment.approvedAt() != null) ? "In force before" : "Not approved";
		return new SegmentView.Version(segment.version(), state,
				segment.live() ? "good" : (segment.approvedAt() != null) ? "held" : "wait",
				ContentViews.who(segment.createdBy()), segment.createdAt(), readable(segment.definition()));
	}

	/** What was typed has the line ends of forms. */
	static String lines(@Nullable String text) {
		return Objects.requireNonNullElse(text, "").replace("\r\n", "\n");
	}

}
