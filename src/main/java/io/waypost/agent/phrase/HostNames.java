package io.waypost.agent.phrase;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds host names without a scheme in texts: of any top-level domain, with letters of
 * any script, and with the full stop as a word.
 */
public final class HostNames {

	static final Pattern BARE_HOST = Pattern.compile(
			"(?<![@\\p{L}\\p{N}./-])(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?\\.){1,100}(\\p{L}[\\p{L}\\p{N}-]{1,62})"
					+ "(?![\\p{L}\\p{N}@-])(?::\\d{2,5})?(?:[/?#][^\\s<>\"']*)?");

	private static final Pattern WORDED = Pattern.compile(
			"(?iu)(?<![@\\w])[\\p{L}\\d-]{2,60}\\s?(?:[(\\[]\\s?(?:dot|punkt|point)\\s?[)\\]]|\\s(?:dot|punkt|point)\\s)\\s?([a-z]{2,24})(?![\\w@])");

	/**
	 * Hosts without a top-level domain: this machine, and addresses as hexadecimal,
	 * decimal or dotted numbers.
	 */
	private static final Pattern NUMERIC = Pattern.compile("(?i)(?<![\\p{L}\\p{N}.@/:-])(?:localhost(?=[:/])"
			+ "|0x[0-9a-f]{1,8}(?:\\.(?:0x[0-9a-f]{1,8}|\\d{1,8})){1,3}|0x[0-9a-f]{6,8}(?![\\p{L}\\p{N}])"
			+ "|\\d{8,10}(?=(?::\\d{2,5})?/[a-z])|\\d{1,4}(?:\\.\\d{1,4}){3}(?=[:/]))(?::\\d{1,5})?(?:[/?#][^\\s<>\"']*)?");

	/** Compatible with a full stop by Unicode, but not among the letters. */
	private static final char ONE_DOT_LEADER = '\u2024';

	/** Full stops of other scripts that stay after the normalisation. */
	private static final Pattern STOPS = Pattern.compile("[\u3002\uff61\u06d4\u0701\u0702\ua4f8\ua60e\u2cf9]");

	private static final Set<String> TOP_LEVEL = read();

	private HostNames() {
	}

	/**
	 * Returns a text in compatible characters: full-width letters and stops become usual
	 * ones.
	 * @param text any text
	 * @return the text that readers see
	 */
	public static String normalized(String text) {
		boolean plain = TextFeatures.isPlain(text) && text.indexOf(ONE_DOT_LEADER) < 0;
		return plain ? text : STOPS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC)).replaceAll(".");
	}

	/**
	 * Finds host names, with the path behind them.
	 * @param text any text
	 * @return the host names
	 */
	public static List<String> in(String text) {
		List<String> found = new ArrayList<>();
		Matcher numeric = NUMERIC.matcher(text);
		while (numeric.find()) {
			found.add(numeric.group());
		}
		if (TextFeatures.hasInnerDot(text)) {
			Matcher bare = BARE_HOST.matcher(text);
			while (bare.find()) {
				if (isTopLevel(bare.group(1)) && !isSentenceEnd(bare.group(), bare.group(1))) {
					found.add(bare.group());
				}
			}
		}
		if (text.contains("dot") || text.contains("punkt") || text.contains("point")) {
			Matcher worded = WORDED.matcher(text);
			while (worded.find()) {
				if (isTopLevel(worded.group(1))) {
					found.add(worded.group().replaceAll("(?iu)\\s?[(\\[]?\\s?(?:dot|punkt|point)\\s?[)\\]]?\\s?", "."));
				}
			}
		}
		return found;
	}

	/** "the end.So" is a missing space, "WWW.SHOP.SO" and "shop.so" are hosts. */
	private static boolean isSentenceEnd(String host, String topLevel) {
		boolean capital = Character.isUpperCase(topLevel.charAt(0)) && Character.isLowerCase(topLevel.charAt(1));
		return capital && host.indexOf('/') < 0;
	}

	private static boolean isTopLevel(String label) {
		String lower = label.toLowerCase(Locale.ROOT);
		if (TOP_LEVEL.contains(lower)) {
			return true;
		}
		try {
			return lower.chars().anyMatch((letter) -> letter > 0x7f) && TOP_LEVEL.contains(IDN.toASCII(lower));
		}
		catch (IllegalArgumentException notAName) {
			return false;
		}
	}

	private static Set<String> read() {
		try (InputStream bytes = HostNames.class.getResourceAsStream("/guard/top-level-domains.txt")) {
			if (bytes == null) {
				throw new IllegalStateException("The resource /guard/top-level-domains.txt is missing");
			}
			return new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8)).lines()
				.filter((line) -> !line.startsWith("#"))
				.collect(Collectors.toUnmodifiableSet());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot read /guard/top-level-domains.txt", ex);
		}
	}

}
