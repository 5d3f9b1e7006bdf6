package io.waypost.agent.write;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.waypost.feature.LifecycleStage;

/**
 * A text fragment and its conditions. It is eligible only if every slot in it has a
 * value.
 *
 * @param id unique within language, part and goal
 * @param text text with {@code ${slot}}s
 * @param stages lifecycle stages that it is for, empty for all
 * @param angles angles that it is for, empty for all
 * @param when conditions that must hold, see {@link FragmentSlots}
 * @param slots names of the slots in the text
 */
record TextFragment(String id, String text, Set<LifecycleStage> stages, Set<String> angles, Set<String> when,
		List<String> slots) {

	private static final Pattern SLOT = Pattern.compile("\\$\\{([a-z_]+)}");

	TextFragment(String id, String text, Set<LifecycleStage> stages, Set<String> angles, Set<String> when) {
		this(id, text, stages, angles, when, SLOT.matcher(text).results().map((match) -> match.group(1)).toList());
	}

	/** Creates a text without conditions. */
	static TextFragment of(String text) {
		return new TextFragment("", text, Set.of(), Set.of(), Set.of());
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
