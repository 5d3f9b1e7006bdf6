package io.waypost.content;

import java.util.List;
import java.util.Set;

import io.waypost.content.fact.BrandFacts;
import io.waypost.kernel.Fingerprint;

/**
 * A tenant's brand kit: sender, postal address, colours, allowed links and forbidden
 * words.
 *
 * @param version increases by one with each added version
 * @param senderName shown as the sender
 * @param senderAddress the From address
 * @param postalAddress physical address, one string per line; CAN-SPAM and CASL require
 * it in the footer
 * @param siteUrl home page of the shop
 * @param logoUrl absolute URL
 * @param accentColour CSS hexadecimal colour
 * @param linkHosts hosts a message may link to
 * @param forbiddenWords words the brand never uses, lower case
 * @param facts what the shop says about itself
 */
public record BrandKit(int version, String senderName, String senderAddress, List<String> postalAddress, String siteUrl,
		String logoUrl, String accentColour, Set<String> linkHosts, Set<String> forbiddenWords, BrandFacts facts) {

	/**
	 * Identifies what every recipient sees besides the content: sender, imprint, site and
	 * logo. The verdict of an inspection and a review hold for this digest only.
	 * @return SHA-256 in hexadecimal digits
	 */
	public String visibleDigest() {
		return Fingerprint
			.of(this.senderName, this.senderAddress, Fingerprint.of(this.postalAddress.toArray()), this.siteUrl,
					this.logoUrl)
			.hex();
	}

	/** Creates a brand kit without facts. */
	public BrandKit(int version, String senderName, String senderAddress, List<String> postalAddress, String siteUrl,
			String logoUrl, String accentColour, Set<String> linkHosts, Set<String> forbiddenWords) {
		this(version, senderName, senderAddress, postalAddress, siteUrl, logoUrl, accentColour, linkHosts,
				forbiddenWords, BrandFacts.NONE);
	}

}
