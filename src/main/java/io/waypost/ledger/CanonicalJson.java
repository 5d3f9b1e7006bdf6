package io.waypost.ledger;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Writes JSON in a canonical form, so that equal values have equal text: keys are sorted,
 * there is no white space, numbers are in plain notation without trailing zeros, control
 * characters are escaped. Values other than numbers, booleans, lists and maps are written
 * as their {@code toString()}.
 */
final class CanonicalJson {

	private static final int FIRST_PRINTABLE = 0x20;

	private final StringBuilder text = new StringBuilder(256);

	private CanonicalJson() {
	}

	static String of(Map<String, ?> members) {
		CanonicalJson json = new CanonicalJson();
		json.members(members);
		return json.text.toString();
	}

	/** Writes a whole entry, whose facts are canonical JSON already. */
	static String of(StoredLedgerEntry entry) {
		CanonicalJson json = new CanonicalJson();
		json.text.append("{\"actor\":");
		json.string(entry.actor());
		json.text.append(",\"at\":\"").append(entry.at()).append("\",\"facts\":").append(entry.facts());
		json.text.append(",\"kind\":");
		json.string(entry.kind());
		json.text.append(",\"subject\":");
		json.string(entry.subject());
		json.text.append(",\"tenant\":");
		json.string(entry.tenant());
		return json.text.append('}').toString();
	}

	private void value(@Nullable Object value) {
		switch (value) {
			case null -> this.text.append("null");
			case Boolean truth -> this.text.append(truth);
			case Number number -> number(number);
			case Map<?, ?> members -> members(members);
			case Collection<?> items -> items(items);
			default -> string(value.toString());
		}
	}

	private void number(Number number) {
		String written = number.toString();
		if (written.equals("NaN") || written.endsWith("Infinity")) {
			string(written);
			return;
		}
		BigDecimal exact = new BigDecimal(written);
		this.text.append((exact.signum() == 0) ? "0" : exact.stripTrailingZeros().toPlainString());
	}

	private void members(Map<?, ?> members) {
		Map<String, Object> sorted = new TreeMap<>();
		members.forEach((name, value) -> sorted.put(String.valueOf(name), value));
		this.text.append('{');
		String separator = "";
		for (Map.Entry<String, Object> member : sorted.entrySet()) {
			this.text.append(separator);
			string(member.getKey());
			this.text.append(':');
			value(member.getValue());
			separator = ",";
		}
		this.text.append('}');
	}

	private void items(Collection<?> items) {
		this.text.append('[');
		String separator = "";
		for (Object item : items) {
			this.text.append(separator);
			value(item);
			separator = ",";
		}
		this.text.append(']');
	}

	private void string(String string) {
		this.text.append('"');
		for (int index = 0; index < string.length(); index++) {
			char character = string.charAt(index);
			if (character == '"' || character == '\\') {
				this.text.append('\\').append(character);
			}
			else if (character < FIRST_PRINTABLE) {
				this.text.append("\\u%04x".formatted((int) character));
			}
			else {
				this.text.append(character);
			}
		}
		this.text.append('"');
	}

}
