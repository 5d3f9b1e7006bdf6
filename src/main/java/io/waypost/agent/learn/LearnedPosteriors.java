package io.waypost.agent.learn;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.waypost.agent.write.FragmentPosteriors;
import io.waypost.delivery.FragmentOutcomes.FragmentOutcome;

/**
 * Posteriors of one tenant at one time. The prior of a fragment is the click rate of its
 * goal, so a new fragment is tried as often as an average one; the prior of a goal is the
 * click rate of the tenant.
 */
final class LearnedPosteriors implements FragmentPosteriors {

	/** Click rate that is assumed of a tenant without messages. */
	private static final double USUAL_RATE = 0.02;

	/** Weight of the rate that is assumed of a goal or a tenant. */
	private static final double ASSUMED_MESSAGES = 100;

	private final ClickRate ofNewGoal;

	private final Map<String, GoalFragments> goals = new HashMap<>();

	LearnedPosteriors(Collection<FragmentOutcome> outcomes, int priorMessages) {
		Map<String, Map<String, FragmentCounts>> counts = new HashMap<>();
		for (FragmentOutcome outcome : outcomes) {
			counts.computeIfAbsent(outcome.goal(), (goal) -> new HashMap<>())
				.put(outcome.tag(), new FragmentCounts(outcome.messages(), outcome.clicks(), outcome.unsubscribes(),
						outcome.complaints()));
		}
		double tenantRate = rate(counts.values().stream().flatMap((goal) -> goal.values().stream()).toList(),
				USUAL_RATE);
		this.ofNewGoal = ClickRate.of(FragmentCounts.NONE, tenantRate, priorMessages);
		counts.forEach((goal, fragments) -> this.goals.put(goal,
				GoalFragments.of(fragments, rate(fragments.values(), tenantRate), priorMessages)));
	}

	/**
	 * A message counts once for each of its fragments, which leaves the rate the same.
	 */
	private static double rate(Collection<FragmentCounts> fragments, double assumed) {
		FragmentCounts all = fragments.stream().reduce(FragmentCounts.NONE, FragmentCounts::plus);
		return (all.successes() + assumed * ASSUMED_MESSAGES) / (all.messages() + ASSUMED_MESSAGES);
	}

	@Override
	public double draw(String goal, String tag, long seed) {
		return clickRate(goal, tag).draw(FragmentPosteriors.mixed(goal, tag, seed));
	}

	@Override
	public Map<String, Object> explained(String goal, String tag) {
		FragmentCounts counts = counts(goal, tag);
		return Map.of("messages", Math.round(counts.messages()), "clicks", rounded(counts.clicks(), 10), "rate",
				rounded(clickRate(goal, tag).mean(), 10_000));
	}

	ClickRate clickRate(String goal, String tag) {
		GoalFragments known = this.goals.get(goal);
		if (known == null) {
			return this.ofNewGoal;
		}
		ClickRate rate = known.rates().get(tag);
		return (rate != null) ? rate : known.ofNewFragment();
	}

	FragmentCounts counts(String goal, String tag) {
		GoalFragments known = this.goals.get(goal);
		return (known != null) ? known.fragments().getOrDefault(tag, FragmentCounts.NONE) : FragmentCounts.NONE;
	}

	/** Returns the goals with messages, in the order of their names. */
	List<String> goals() {
		return this.goals.keySet().stream().sorted().toList();
	}

	/** Returns the fragments of a goal that have messages, in the order of their tags. */
	List<String> tags(String goal) {
		GoalFragments known = this.goals.get(goal);
		return (known != null) ? known.fragments().keySet().stream().sorted().toList() : List.of();
	}

	private static double rounded(double number, int parts) {
		return Math.round(number * parts) / (double) parts;
	}

	/** Rates are computed once, because a message draws about a hundred of them. */
	private record GoalFragments(Map<String, FragmentCounts> fragments, Map<String, ClickRate> rates,
			ClickRate ofNewFragment) {

		static GoalFragments of(Map<String, FragmentCounts> fragments, double rate, int priorMessages) {
			Map<String, ClickRate> rates = new HashMap<>();
			fragments.forEach((tag, counts) -> rates.put(tag, ClickRate.of(counts, rate, priorMessages)));
			return new GoalFragments(fragments, rates, ClickRate.of(FragmentCounts.NONE, rate, priorMessages));
		}

	}

}
