package io.waypost.sample;

import java.time.Instant;

/**
 * A made-up person. Addresses end in domains that RFC 2606 reserves, so that no message
 * can ever reach anyone.
 *
 * @param number from 1
 * @param userId the shop's id
 * @param givenName first name
 * @param familyName last name
 * @param email address
 * @param country ISO 3166 alpha-2
 * @param locale BCP 47
 * @param timeZone IANA id
 * @param persona how they behave
 * @param answer what they said to marketing
 * @param favourite category they like most
 * @param signedUp first visit
 * @param lastVisit latest visit of the history
 * @param orders how many orders they made
 */
record SampleShopper(int number, String userId, String givenName, String familyName, String email, String country,
		String locale, String timeZone, ShopperPersona persona, ShopperConsent consent, String favourite,
		Instant signedUp, Instant lastVisit, int orders) {

	/** What a person said about messages. */
	enum ShopperConsent {

		/** Yes, when signing up. */
		GRANTED,
		/** No, when signing up. */
		DENIED,
		/** Yes, and took it back later. */
		REVOKED,
		/** Was never asked. */
		NEVER_ASKED

	}

}
