package io.waypost.content.liquid.filter;

import java.util.List;
import java.util.Map;

import io.waypost.content.liquid.value.BoundedText;
import io.waypost.content.liquid.value.LiquidText;
import org.jspecify.annotations.Nullable;

/** The filter {@code json}: a value as JSON that is safe inside a script element. */
final class JsonFilter {

	private JsonFilter() {
	}

	static Object apply(@Nullable Object input, FilterArguments arguments, FilterContext context) {
		BoundedText json = context.builder();
		write(input, json, context);
		return json.toString();
	}

	private static void write(@Nullable Object value, BoundedText json, FilterContext context) {
		context.budget().step();
		switch (value) {
			case null -> json.append("null");
			case Boolean bool -> json.append(bool.toString());
			case Double number when !Double.isFinite(number) -> json.append("null");
			case Number number -> json.append(LiquidText.of(number, context.budget()));
			case List<?> list -> write(list, json, context);
			case Map<?, ?> map -> write(map, json, context);
			default -> quote(LiquidText.of(value, context.budget()), json);
		}
	}

	private static void write(List<?> list, BoundedText json, FilterContext context) {
		json.append('[');
		String separator = "";
		for (Object element : list) {
			json.append(separator);
			write(element, json, context);
			separator = ",";
		}
		json.append(']');
	}

	private static void write(Map<?, ?> map, BoundedText json, FilterContext context) {
		json.append('{');
		String separator = "";
		for (Map.Entry<?, ?> entry : map.entrySet()) {
			json.append(separator);
			quote(String.valueOf(entry.getKey()), json);
			json.append(':');
			write(entry.getValue(), json, context);
			separator = ",";
		}
		json.append('}');
	}

	private static void quote(String text, BoundedText json) {
		json.append('"');
		for (int i = 0; i < text.length(); i++) {
			char character = text.charAt(i);
			if (character == '"' || character == '\\') {
				json.append('\\').append(character);
			}
			else if (character < ' ' || character == '<' || character == '>' || character == '&'
					|| character == '\u2028' || character == '\u2029') {
				json.append("\\u%04x".formatted((int) character));
			}
			else {
				json.append(character);
			}
		}
		json.append('"');
	}

}
