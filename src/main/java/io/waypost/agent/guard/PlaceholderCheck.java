package io.waypost.agent.guard;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds place holders nobody filled. The first name's is filled at the last moment. */
final class PlaceholderCheck implements ContentCheck {

	static final Pattern FIRST_NAME = Pattern.compile("\\{\\{ first_name }}");

	private static final Pattern OPEN = Pattern.compile(
			"\\{\\{|}}|\\{%|%}|\\$\\{|\\[\\[|\\]\\]|<<|%%|\\*\\||%[A-Z][A-Z_]{2,}%|\\[(?:[A-Z]{2,}[ _]?)+\\]|\\bundefined\\b|\\bnull\\b|\\bNaN\\b|\\[object ");

	@Override
	public List<Finding> inspect(InspectionRequest inspection) {
		List<String> names = inspection.allowedNames();
		return Stream
			.concat(DraftText.of(inspection.draft()).stream(),
					inspection.draft()
						.items()
						.stream()
						.map((item) -> new DraftText("items", item.name() + ' ' + item.price())))
			.map((passage) -> passage.without(names))
			.filter((passage) -> OPEN.matcher(FIRST_NAME.matcher(passage.text()).replaceAll("")).find())
			.map((passage) -> new Finding("slot", "slot_unfilled", Severity.BLOCKING, passage.where(),
					"holds a place holder that nobody filled"))
			.toList();
	}

}
