package io.waypost.console;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Converts a section of an explanation, of any JSON type, to labelled values. */
@Component
public class LabelledValues {

	private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");

	private static final Pattern ID = Pattern
		.compile("[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32,}|rule_\\w+|[\\w-]+@v\\d+");

	private final Labels labels;

	private final ValueFormat values;

	private final ArchetypeLabel archetypes;

	private final DurationFormat durations;

	LabelledValues(Labels labels, ValueFormat values, ArchetypeLabel archetypes, DurationFormat durations) {
		this.labels = labels;
		this.values = values;
		this.archetypes = archetypes;
		this.durations = durations;
	}

	/**
	 * Converts a section.
	 * @param section a map, list, string, number or boolean; null for none
	 * @return its values, without empty ones
	 */
	public List<LabelledValue> of(@Nullable Object section) {
		return switch (section) {
			case null -> List.of();
			case Map<?, ?> map -> entries(map, false);
			case Collection<?> items when items.isEmpty() -> List.of();
			default -> List.of(value(this.labels.text("column.value"), section, false));
		};
	}

	private LabelledValue value(String name, Object value, boolean nested) {
		return switch (value) {
			case Map<?, ?> map when !nested -> LabelledValue.group(name, entries(map, true));
			case Map<?, ?> map -> LabelledValue.text(name, this.values.format(map));
			case Collection<?> items ->
				LabelledValue.list(name, items.stream().map((item) -> value("", item, true)).toList());
			case Boolean yes -> LabelledValue.text(name, this.values.format(yes));
			case Number number -> LabelledValue.text(name, ValueFormat.number(number));
			default -> text(name, this.values.format(value));
		};
	}

	private List<LabelledValue> entries(Map<?, ?> map, boolean nested) {
		List<LabelledValue> values = new ArrayList<>();
		map.forEach((key, value) -> {
			if (!isEmpty(value)) {
				values.add(entry(String.valueOf(key), value, nested));
			}
		});
		return List.copyOf(values);
	}

	private LabelledValue entry(String key, Object value, boolean nested) {
		String name = this.labels.factName(key);
		if (value instanceof String code) {
			switch (key) {
				case "reason":
					return LabelledValue.text(name, Objects.requireNonNullElse(this.labels.reason(code), code));
				case "archetype":
					return LabelledValue.text(name, this.archetypes.of(code));
				case "dueIn", "expiresIn":
					return LabelledValue.text(name, this.durations.formatSentence(code));
				default:
			}
		}
		return value(name, value, nested);
	}

	private static boolean isEmpty(@Nullable Object value) {
		return switch (value) {
			case null -> true;
			case String text -> text.isBlank();
			case Collection<?> items -> items.isEmpty();
			case Map<?, ?> map -> map.isEmpty();
			default -> false;
		};
	}

	/** Makes a time or an id when the text is one, else a text. */
	static LabelledValue text(String name, String value) {
		if (INSTANT.matcher(value).matches()) {
			try {
				return LabelledValue.time(name, Instant.parse(value));
			}
			catch (DateTimeException notATime) {
				return LabelledValue.text(name, value);
			}
		}
		return ID.matcher(value).matches() ? LabelledValue.id(name, value) : LabelledValue.text(name, value);
	}

}
