package io.waypost.identity;

import java.util.Map;

import io.waypost.kernel.EmailAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a source said about a person. Handle like a key: the vault is the only place for
 * {@code email} and {@code direct}.
 *
 * @param email where messages go
 * @param direct direct identifiers by vault field: {@code firstName}, {@code lastName},
 * {@code phone} and whatever else the source calls its own
 * @param country ISO 3166 alpha-2, upper case
 * @param locale BCP 47 tag
 * @param timeZone IANA zone id
 */
public record Traits(@Nullable EmailAddress email, Map<String, String> direct, @Nullable String country,
		@Nullable String locale, @Nullable String timeZone) {

	/** Nothing was said. */
	public static final Traits NONE = new Traits(null, Map.of(), null, null, null);

	public Traits {
		direct = Map.copyOf(direct);
	}

	@Override
	public String toString() {
		return "Traits[***]";
	}

}
