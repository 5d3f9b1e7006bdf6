package io.waypost.agent.pii;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises IPv4 and IPv6 addresses (RFC 4291) with shortened zeros, an embedded IPv4
 * address, and the length of a prefix.
 */
final class IpAddressRecognizer implements PersonalDataRecognizer {

	private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";

	private static final Pattern V4 = Pattern.compile(
			"(?<![\\w.:-])(?:" + OCTET + "\\.){3}" + OCTET + "(?![\\w-]|\\.\\d|%)(?:/(?:3[0-2]|[12]?\\d)(?!\\d))?");

	private static final Pattern V4_ONLY = Pattern.compile("(?:" + OCTET + "\\.){3}" + OCTET);

	private static final Pattern V6 = Pattern
		.compile("(?<![\\w.:])(?=[0-9A-Fa-f:]*::?[0-9A-Fa-f:.]*)[0-9A-Fa-f:]{2,39}(?:(?<=:)(?:\\d{1,3}\\.){3}\\d{1,3})?"
				+ "(?![\\w:]|\\.\\d)(?:/(?:12[0-8]|1[01]\\d|\\d\\d?)(?!\\d))?");

	private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");

	@Override
	public void find(ScannedText text, List<PersonalDataEntity> found) {
		if (text.hasDigits(4) && text.hasInnerDot()) {
			Matcher v4 = V4.matcher(text.text());
			while (v4.find()) {
				found.add(new PersonalDataEntity(PersonalDataType.IP_ADDRESS, v4.start(), v4.end(), 0.8));
			}
		}
		if (text.hasColons(2)) {
			Matcher v6 = V6.matcher(text.text());
			while (v6.find()) {
				String address = v6.group().replaceFirst("/.*", "");
				if (isV6(address)) {
					found.add(new PersonalDataEntity(PersonalDataType.IP_ADDRESS, v6.start(), v6.end(), 0.9));
				}
			}
		}
	}

	private static boolean isV6(String address) {
		int gap = address.indexOf("::");
		if (gap >= 0 && address.indexOf("::", gap + 1) >= 0) {
			return false;
		}
		if (gap < 0) {
			return groups(address) == 8;
		}
		int before = groups(address.substring(0, gap));
		int after = groups(address.substring(gap + 2));
		return before >= 0 && after >= 0 && before + after <= 7;
	}

	/** Counts groups of 16 bits, -1 when one is malformed. */
	private static int groups(String part) {
		if (part.isEmpty()) {
			return 0;
		}
		int count = 0;
		String[] groups = part.split(":", -1);
		for (int i = 0; i < groups.length; i++) {
			if (i == groups.length - 1 && V4_ONLY.matcher(groups[i]).matches()) {
				count += 2;
			}
			else if (GROUP.matcher(groups[i]).matches()) {
				count++;
			}
			else {
				return -1;
			}
		}
		return count;
	}

}
