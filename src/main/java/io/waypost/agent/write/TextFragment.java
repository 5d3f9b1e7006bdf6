package io.waypost.agent.write;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.waypost.feature.LifecycleStage;

/**
 * Some words and what they need. A slot is a need of its own: no fact, no fragment.
 *
 * @param id unique within language and part
 * @param text words with {@code ${slot}}s
 * @param stages lifecycle stages it is for, empty for all
 * @param angles angles it is for, empty for all
 * @param when conditions that must hold, named by {@link FragmentSlots}
 * @param slots names of the facts it speaks of
 */
record TextFragment(String id, String text, Set<LifecycleStage> stages, Set<String> angles, Set<String> when,
		List<String> slots) {

	private static final Pattern SLOT = Pattern.compile("\\$\\{([a-z_]+)}");

	TextFragment(String id, String text, Set<LifecycleStage> stages, Set<String> angles, Set<String> when) {
		this(id, text, stages, angles, when, SLOT.matcher(text).results().map((match) -> match.group(1)).toList());
	}

	boolean fits(LifecycleStage stage, String angle, FragmentSlots facts) {
		return (this.stages.isEmpty() || this.stages.contains(stage))
				&& (this.angles.isEmpty() || this.angles.contains(angle)) && facts.conditions().containsAll(this.when)
				&& facts.values().keySet().containsAll(this.slots);
	}

	String fill(Map<String, String> values) {
		return this.slots.isEmpty() ? this.text
				: SLOT.matcher(this.text).replaceAll((slot) -> Matcher.quoteReplacement(values.get(slot.group(1))));
	}

}
