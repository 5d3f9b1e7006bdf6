package io.waypost.identity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.kernel.EmailAddress;
import org.jspecify.annotations.Nullable;

/**
 * Masks direct identifiers for callers without {@link AccessRight#READ_IDENTIFIERS}. The
 * first letter, and the domain of an e-mail address, stay, so that people can tell two
 * profiles apart.
 */
public final class IdentifierMask {

	/** Replaces what is hidden. */
	public static final String MASK = "***";

	/** Also with a full-width or encoded at sign. */
	private static final Pattern EMAIL = Pattern
		.compile("[^\\s@<>\"',;:()]+(?:[@\uff20]|%40|&#64;|&commat;)[^\\s@<>\"',;:()]+");

	/** Such as {@code name (at) host.example} or {@code name at host dot example}. */
	private static final Pattern SPELLED_EMAIL = Pattern.compile(
			"""
					(?<![\\p{L}\\p{N}._%+-])[\\p{L}\\p{N}._%+-]++[ ]{0,3}(?:[(\\[{<][ ]{0,2}(?:(?i:at)|@)[ ]{0,2}[)\\]}>]|[ ]AT[ ])[ ]{0,3}\
					[\\p{L}\\p{N}-]++(?:[ ]{0,3}(?:\\.|[(\\[{<][ ]{0,2}(?:(?i:dot)|\\.)[ ]{0,2}[)\\]}>])[ ]{0,3}[\\p{L}\\p{N}-]++)*\
					|(?<![\\p{L}\\p{N}._%+-])[\\p{L}\\p{N}._%+-]++[ ]at[ ][\\p{L}\\p{N}-]++(?:[ ]dot[ ][\\p{L}\\p{N}-]++)+""");

	/** Not a date and not a part of a UUID. */
	private static final Pattern PHONE = Pattern.compile(
			"(?<![\\p{Alnum}-])(?!\\d{4}-\\d{2}-\\d{2}(?!\\d))\\+?\\(?\\d(?:[\\s().\\-/]{0,3}\\d){6,}(?![\\p{Alnum}-])");

	private IdentifierMask() {
	}

	/**
	 * Returns contact details as a caller may see them.
	 * @param person decrypted details
	 * @param caller the caller
	 * @return the same details, or masked ones
	 */
	public static ContactDetails apply(ContactDetails person, Caller caller) {
		if (AccessRight.READ_IDENTIFIERS.isGrantedTo(caller)) {
			return person;
		}
		EmailAddress email = (person.email() != null) ? new EmailAddress(mask(person.email().value())) : null;
		return new ContactDetails(person.userId(), email, maskNullable(person.firstName()),
				maskNullable(person.lastName()), maskNullable(person.phone()));
	}

	/**
	 * Returns the traits of the vault, which are all direct identifiers, as a caller may
	 * see them.
	 * @param traits decrypted values by field
	 * @param caller the caller
	 * @return the same traits, or masked ones
	 */
	static Map<String, String> apply(Map<String, String> traits, Caller caller) {
		return AccessRight.READ_IDENTIFIERS.isGrantedTo(caller) ? traits
				: traits.entrySet()
					.stream()
					.collect(Collectors.toMap(Map.Entry::getKey, (trait) -> mask(trait.getValue())));
	}

	/**
	 * Masks one value.
	 * @param value an e-mail address, name or other text
	 * @return for example {@code a***@example.com} or {@code A***}
	 */
	public static String mask(String value) {
		int at = value.lastIndexOf('@');
		String first = value.isEmpty() ? "" : value.substring(0, value.offsetByCodePoints(0, 1));
		return (at > 0) ? first + MASK + value.substring(at) : first + MASK;
	}

	/**
	 * Returns free text as a caller may see it: without e-mail addresses, phone numbers
	 * and the person's own details.
	 * @param text what a source or a program wrote
	 * @param person decrypted details of the person it is about, null if there are none
	 * @param caller the caller
	 * @return the same text, or a masked one
	 */
	public static String text(String text, @Nullable ContactDetails person, Caller caller) {
		if (AccessRight.READ_IDENTIFIERS.isGrantedTo(caller)) {
			return text;
		}
		String masked = TextRuns.replace(text, MASK);
		for (Pattern pattern : List.of(EMAIL, SPELLED_EMAIL, PHONE)) {
			masked = pattern.matcher(masked).replaceAll(MASK);
		}
		for (String detail : details(person)) {
			masked = Pattern.compile(Pattern.quote(detail), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
				.matcher(masked)
				.replaceAll(MASK);
		}
		return masked;
	}

	/**
	 * Returns a value with all texts in it masked by {@link #text}.
	 * @param value a text, a list, a map or another value
	 * @param person decrypted details of the person it is about, null if there are none
	 * @param caller the caller
	 * @return the same value, or a masked copy
	 */
	public static @Nullable Object values(@Nullable Object value, @Nullable ContactDetails person, Caller caller) {
		return switch (value) {
			case String text -> text(text, person, caller);
			case List<?> list -> list.stream().map((element) -> values(element, person, caller)).toList();
			case Map<?, ?> map -> {
				Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
				map.forEach((key, element) -> copy.put(key, values(element, person, caller)));
				yield copy;
			}
			case null, default -> value;
		};
	}

	/** A detail of one or two letters would mask parts of other words. */
	private static List<String> details(@Nullable ContactDetails person) {
		List<String> details = new ArrayList<>();
		if (person != null) {
			for (@Nullable
			String detail : Arrays.asList(person.firstName(), person.lastName(), person.phone())) {
				if (detail != null && detail.length() > 2) {
					details.add(detail);
				}
			}
		}
		return details;
	}

	private static @Nullable String maskNullable(@Nullable String value) {
		return (value != null) ? mask(value) : null;
	}

}
