package io.waypost.sample;

import java.time.Instant;

/**
 * A fictitious person. Addresses have domains reserved by RFC 2606, so no message can
 * reach a real person.
 *
 * @param number from 1
 * @param userId user id in the shop
 * @param givenName first name
 * @param familyName last name
 * @param email address
 * @param country ISO 3166 alpha-2
 * @param locale BCP 47
 * @param timeZone IANA id
 * @param persona behaviour
 * @param consent consent to marketing
 * @param favourite preferred category
 * @param signedUp first visit
 * @param lastVisit latest visit of the history
 * @param orders number of orders
 */
record SampleShopper(int number, String userId, String givenName, String familyName, String email, String country,
		String locale, String timeZone, ShopperPersona persona, ShopperConsent consent, String favourite,
		Instant signedUp, Instant lastVisit, int orders) {

	/** Consent to marketing. */
	enum ShopperConsent {

		/** Granted at sign-up. */
		GRANTED,
		/** Denied at sign-up. */
		DENIED,
		/** Granted at sign-up and revoked later. */
		REVOKED,
		/** Never asked. */
		NEVER_ASKED

	}

}
