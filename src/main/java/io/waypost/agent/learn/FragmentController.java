package io.waypost.agent.learn;

import java.util.List;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.Requires;
import io.waypost.kernel.Cursor;
import io.waypost.kernel.Page;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows which text fragments recipients click. */
@RestController
@RequestMapping("/api/v1/fragments")
@Tag(name = "Templates")
@Requires(AccessRight.READ_CONTENT)
class FragmentController {

	private final FragmentLearning learning;

	FragmentController(FragmentLearning learning) {
		this.learning = learning;
	}

	/**
	 * A fragment and its outcomes.
	 *
	 * @param goal goal of its messages, a template key
	 * @param fragment part and id
	 * @param messages delivered messages; a message counts half after a half-life
	 * @param clicks messages with a click of a person
	 * @param unsubscribes messages with an unsubscribe
	 * @param complaints messages that were reported as spam
	 * @param rate estimated click rate, less unsubscribes and complaints
	 * @param low lower end of its 95 % credible interval
	 * @param high upper end of its 95 % credible interval
	 */
	record FragmentView(String goal, String fragment, double messages, double clicks, double unsubscribes,
			double complaints, double rate, double low, double high) {

		static FragmentView of(LearnedPosteriors posteriors, String goal, String tag) {
			FragmentCounts counts = posteriors.counts(goal, tag);
			ClickRate rate = posteriors.clickRate(goal, tag);
			return new FragmentView(goal, tag, rounded(counts.messages(), 10), rounded(counts.clicks(), 10),
					rounded(counts.unsubscribes(), 10), rounded(counts.complaints(), 10), rounded(rate.mean(), 10_000),
					rounded(rate.low(), 10_000), rounded(rate.high(), 10_000));
		}

		private static double rounded(double number, int parts) {
			return Math.round(number * parts) / (double) parts;
		}

	}

	@GetMapping
	@Operation(summary = "List text fragments and their click rates",
			description = "In the order of goals and fragments. The writer prefers fragments with high rates. Counted every "
					+ "night; clicks of machines do not count")
	Page<FragmentView> list(@AuthenticationPrincipal Caller caller,
			@RequestParam(required = false) @Nullable String goal, @RequestParam(defaultValue = "100") int limit,
			@RequestParam(required = false) @Nullable String cursor) {
		LearnedPosteriors posteriors = this.learning.learned(caller.tenant());
		Cursor after = Cursor.decode(cursor, 2).orElseGet(() -> Cursor.of("", ""));
		int size = Cursor.limit(limit);
		List<FragmentView> rows = posteriors.goals()
			.stream()
			.filter((each) -> (goal == null || goal.equals(each)) && each.compareTo(after.text(0)) >= 0)
			.flatMap((each) -> posteriors.tags(each)
				.stream()
				.filter((tag) -> !each.equals(after.text(0)) || tag.compareTo(after.text(1)) > 0)
				.map((tag) -> FragmentView.of(posteriors, each, tag)))
			.limit(size + 1L)
			.toList();
		return Cursor.page(rows, size, (last) -> Cursor.of(last.goal(), last.fragment()));
	}

}
