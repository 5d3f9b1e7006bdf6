package io.waypost.identity;

import java.util.Map;
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

	private static @Nullable String maskNullable(@Nullable String value) {
		return (value != null) ? mask(value) : null;
	}

}
