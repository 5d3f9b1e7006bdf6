package io.waypost.identity;

import java.time.Instant;

import io.waypost.kernel.ProfileId;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a person that may be used outside the vault: indirect ones only.
 *
 * @param id surrogate id
 * @param country ISO 3166 alpha-2, upper case
 * @param locale BCP 47 tag
 * @param timeZone IANA zone id, always a valid one
 * @param addressHash keyed hash of the e-mail address, null while none is known
 * @param createdAt time of the first event
 */
public record Profile(ProfileId id, @Nullable String country, @Nullable String locale, @Nullable String timeZone,
		@Nullable AddressHash addressHash, Instant createdAt) {

}
