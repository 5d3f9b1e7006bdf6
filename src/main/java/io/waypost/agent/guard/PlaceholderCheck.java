package io.waypost.agent.guard;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds unfilled placeholders, except the first name, which is filled on rendering. */
final class PlaceholderCheck implements ContentCheck {

	static final Pattern FIRST_NAME = Pattern.compile("\\{\\{ first_name }}");

	private static final Pattern OPEN = Pattern.compile(
			"\\{\\{|}}|\\{%|%}|\\$\\{|\\[\\[|\\]\\]|<<|%%|\\*\\||%[A-Z][A-Z_]{2,}%|\\[(?:[A-Z]{2,}[ _]?)+\\]|\\bundefined\\b|\\bnull\\b|\\bNaN\\b|\\[object ");

	@Override
	public List<Finding> inspect(InspectionRequest request) {
		List<String> names = request.allowedNames();
		return Stream
			.concat(DraftText.of(request.draft()).stream(),
					request.draft()
						.items()
						.stream()
						.map((item) -> new DraftText("items", item.name() + ' ' + item.price())))
			.map((part) -> part.without(names))
			.filter((part) -> OPEN.matcher(FIRST_NAME.matcher(part.text()).replaceAll("")).find())
			.map((part) -> new Finding("slot", "slot_unfilled", Severity.BLOCKING, part.where(),
					"contains an unfilled placeholder"))
			.toList();
	}

}
