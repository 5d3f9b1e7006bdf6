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
		return TextFeatures.isPlain(text) ? text
				: Normalizer.normalize(text, Normalizer.Form.NFKC).replace('\u3002', '.').replace('\uff61', '.');
	}

	/**
	 * Finds host names, with the path behind them.
	 * @param text any text
	 * @return the host names
	 */
	public static List<String> in(String text) {
		List<String> found = new ArrayList<>();
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
