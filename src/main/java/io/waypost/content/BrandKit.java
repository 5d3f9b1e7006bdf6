package io.waypost.content;

import java.util.List;
import java.util.Set;

/**
 * How a tenant looks, sounds and signs.
 *
 * @param version grows with every approved change
 * @param senderName shown as the sender
 * @param senderAddress the From address
 * @param postalAddress physical address, one string per line; the law wants it in the
 * footer
 * @param siteUrl the shop's own page
 * @param logoUrl absolute
 * @param accentColour CSS hexadecimal colour
 * @param linkHosts hosts a message may link to
 * @param forbiddenWords words the brand never uses, lower case
 */
public record BrandKit(int version, String senderName, String senderAddress, List<String> postalAddress, String siteUrl,
		String logoUrl, String accentColour, Set<String> linkHosts, Set<String> forbiddenWords) {

}
