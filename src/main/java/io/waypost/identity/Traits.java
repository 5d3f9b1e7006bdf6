package io.waypost.identity;

import java.util.Map;

import io.waypost.kernel.EmailAddress;
import org.jspecify.annotations.Nullable;

/**
 * Traits of a person as a source stated them. Store {@code email} and {@code direct} in
 * the vault only.
 *
 * @param email address that receives messages
 * @param direct direct identifiers by vault field: {@code firstName}, {@code lastName},
 * {@code phone} and other fields of the source
 * @param country ISO 3166 alpha-2, upper case
 * @param locale BCP 47 tag
 * @param timeZone IANA zone id
 */
public record Traits(@Nullable EmailAddress email, Map<String, String> direct, @Nullable String country,
		@Nullable String locale, @Nullable String timeZone) {

	/** No traits. */
	public static final Traits NONE = new Traits(null, Map.of(), null, null, null);

	public Traits {
		direct = Map.copyOf(direct);
	}

	@Override
	public String toString() {
		return "Traits[***]";
	}

}
