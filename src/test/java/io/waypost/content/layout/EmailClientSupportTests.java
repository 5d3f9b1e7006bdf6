package io.waypost.content.layout;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.content.EmailDraft;
import io.waypost.content.EmailRenderer;
import io.waypost.content.RecipientLinks;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Checks the HTML and CSS of all layouts against the support tables of caniemail.com. A
 * feature must work, at least in part, in the newest tested version of every client of
 * {@link #CLIENTS}, or be one that the message does not need.
 */
class EmailClientSupportTests {

	private static final Path TABLES = Path.of("../shared/data/caniemail/features.jsonl.gz");

	private static final Set<String> CLIENTS = Set.of("apple-mail", "gmail", "outlook", "yahoo");

	/** Features that some clients lack, and what their users see instead. */
	private static final Map<String, String> ENHANCEMENTS = new TreeMap<>(Map.ofEntries(
			Map.entry("css-at-media", "one column, and the paddings of the desktop"),
			Map.entry("css-at-media-prefers-color-scheme", "the light colours, or those that the client computes"),
			Map.entry("css-color-scheme", "the light colours, or those that the client computes"),
			Map.entry("html-meta-color-scheme", "the light colours, or those that the client computes"),
			Map.entry("css-selector-attribute", "no dark colours in Outlook; other clients do not match it"),
			Map.entry("css-selector-child", "the paddings of the desktop around a grid, and the light background"),
			Map.entry("css-border-radius", "square corners"),
			Map.entry("css-object-fit", "the picture of a list is scaled to a square"),
			Map.entry("css-max-height", "display:none and mso-hide hide the preheader"),
			Map.entry("css-opacity", "display:none and mso-hide hide the preheader"),
			Map.entry("css-overflow", "display:none and mso-hide hide the preheader"),
			Map.entry("css-box-sizing", "the button on phones is a few pixels wider than the text"),
			Map.entry("css-word-break", "a long word is not broken"),
			Map.entry("css-word-spacing", "the usual spacing"), Map.entry("css-sytem-ui", "the next font of the list"),
			Map.entry("css-cursor", "the usual pointer"),
			Map.entry("css-display-none", "one pixel in a transparent colour hides the preheader"),
			Map.entry("css-height", "pictures have the attribute, other heights depend on the content"),
			Map.entry("css-outline", "pictures have no outline in current clients"),
			Map.entry("css-table-layout", "the usual layout of tables"),
			Map.entry("html-body", "the page has its background colour on an element inside, too"),
			Map.entry("html-target", "links open where the client opens them"),
			Map.entry("html-aria-label", "screen readers read the headline first")));

	private static final Pattern STATS = Pattern
		.compile("\"?([\\w.-]+)?\"?\\s*:?\\s*\\{|\"([^\"]+)\"\\s*:\\s*\"([^\"]*)\"|}");

	private static final Pattern CONDITIONAL = Pattern.compile("<!--\\[if.*?<!\\[endif]-->", Pattern.DOTALL);

	private static final Pattern STYLE = Pattern.compile("<style[^>]*>(.*?)</style>", Pattern.DOTALL);

	private static final Pattern INLINE = Pattern.compile("\\bstyle=\"([^\"]*)\"");

	private static final Pattern DECLARATION = Pattern.compile("([a-z-]+)\\s*:\\s*([^;{}]+)");

	private static final Pattern TAG = Pattern.compile("<([a-z][a-z0-9]*)\\b([^>]*)>");

	private static final Pattern ATTRIBUTE = Pattern.compile("\\b([a-z-]+)=\"");

	private static final Map<String, String> TAGS = Map.ofEntries(Map.entry("tr", "html-table"),
			Map.entry("td", "html-table"), Map.entry("h1", "html-h1-h6"), Map.entry("h2", "html-h1-h6"),
			Map.entry("ol", "html-lists"), Map.entry("li", "html-lists"));

	private static Map<String, Map<String, String>> tables = Map.of();

	@BeforeAll
	static void readTables() throws IOException {
		assumeTrue(Files.exists(TABLES), "Skipped: " + TABLES + " is missing");
		tables = new HashMap<>();
		ObjectMapper json = new ObjectMapper();
		try (BufferedReader lines = new BufferedReader(
				new InputStreamReader(new GZIPInputStream(Files.newInputStream(TABLES)), StandardCharsets.UTF_8))) {
			for (String line : lines.lines().toList()) {
				JsonNode feature = json.readTree(line);
				String yaml = feature.path("front_matter_yaml").asText();
				tables.put(feature.path("slug").asText(), newestVersions(yaml.substring(yaml.indexOf("stats:") + 6)));
			}
		}
	}

	/**
	 * Reads client, platform and version, three levels of braces; some files are not
	 * valid YAML.
	 */
	private static Map<String, String> newestVersions(String stats) {
		Map<String, String> newest = new TreeMap<>();
		List<String> open = new ArrayList<>();
		Matcher matcher = STATS.matcher(stats);
		while (matcher.find()) {
			if (matcher.group(3) != null) {
				newest.put(String.join(" ", open.subList(1, open.size())), matcher.group(3));
			}
			else if (matcher.group().endsWith("{")) {
				open.add(String.valueOf(matcher.group(1)));
			}
			else {
				open.removeLast();
			}
			if (open.isEmpty()) {
				break;
			}
		}
		return newest;
	}

	@Test
	void usesFeaturesThatClientsSupportOrThatMayBeMissing() {
		Map<String, Set<String>> unsupported = new TreeMap<>();
		Set<String> used = features();
		for (String feature : used) {
			Set<String> clients = clientsWithout(feature);
			if (!clients.isEmpty()) {
				unsupported.put(feature, clients);
			}
		}
		assertThat(used).hasSizeGreaterThan(40);
		assertThat(new TreeMap<>(unsupported).keySet()).as(unsupported.toString())
			.isEqualTo(new TreeSet<>(ENHANCEMENTS.keySet()));
	}

	@Test
	void findsAnUnsupportedFeature() {
		assertThat(clientsWithout("css-position")).isNotEmpty();
		assertThat(clientsWithout("html-table")).isEmpty();
	}

	private static Set<String> clientsWithout(String feature) {
		Set<String> without = new TreeSet<>();
		tables.getOrDefault(feature, Map.of()).forEach((client, support) -> {
			boolean counts = CLIENTS.contains(client.split(" ", 2)[0]) && !client.endsWith("windows-mail");
			if (counts && !support.startsWith("y") && !support.startsWith("a")) {
				without.add(client);
			}
		});
		return without;
	}

	/** Returns the features of all layouts, except those that only Outlook reads. */
	private static Set<String> features() {
		Set<String> features = new TreeSet<>();
		RecipientLinks links = new RecipientLinks("https://waypost.example/u/t", "https://waypost.example/o/t",
				(link) -> link);
		for (EmailDraft.Layout layout : EmailDraft.Layout.values()) {
			String html = new EmailRenderer()
				.render(SampleDrafts.complete(Locale.ENGLISH, layout), SampleDrafts.brand("#0b6e4f"), "Maria",
						"campaign", links)
				.html();
			String shown = CONDITIONAL.matcher(html).replaceAll("");
			STYLE.matcher(shown).results().map((style) -> style.group(1)).forEach((css) -> addCss(css, features));
			String body = STYLE.matcher(shown).replaceAll("");
			INLINE.matcher(body)
				.results()
				.map((style) -> style.group(1))
				.forEach((css) -> addDeclarations(css, features));
			TAG.matcher(INLINE.matcher(body).replaceAll("")).results().forEach((tag) -> addTag(tag, features));
		}
		return features;
	}

	private static void addTag(MatchResult tag, Set<String> features) {
		features.add(TAGS.getOrDefault(tag.group(1), "html-" + tag.group(1)));
		ATTRIBUTE.matcher(tag.group(2)).results().forEach((attribute) -> features.add("html-" + attribute.group(1)));
		if (tag.group(2).contains("color-scheme")) {
			features.add("html-meta-color-scheme");
		}
	}

	private static void addCss(String css, Set<String> features) {
		for (String condition : List.of("@media", "prefers-color-scheme")) {
			if (css.contains(condition)) {
				features.add(condition.startsWith("@") ? "css-at-media" : "css-at-media-" + condition);
			}
		}
		if (css.contains("@import")) {
			features.add("css-at-import");
		}
		if (css.contains("[data-")) {
			features.add("css-selector-attribute");
		}
		if (css.contains(" > ")) {
			features.add("css-selector-child");
		}
		if (css.contains("!important")) {
			features.add("css-important");
		}
		Pattern.compile("\\{([^{}]*)}")
			.matcher(css)
			.results()
			.forEach((rule) -> addDeclarations(rule.group(1), features));
	}

	private static void addDeclarations(String css, Set<String> features) {
		DECLARATION.matcher(css).results().forEach((declaration) -> {
			String property = declaration.group(1);
			String value = declaration.group(2).strip();
			if (property.startsWith("mso-") || property.startsWith("-")) {
				return;
			}
			if (property.equals("display")) {
				features.add(value.startsWith("none") ? "css-display-none" : "css-display");
				return;
			}
			if (value.contains("BlinkMacSystemFont")) {
				features.add("css-sytem-ui");
			}
			features.add(known(property));
		});
	}

	/** The table of a longhand property is that of its shorthand. */
	private static String known(String property) {
		if (tables.containsKey("css-" + property)) {
			return "css-" + property;
		}
		List<String> parts = List.of(property.split("-", -1));
		return Stream.iterate(parts.size(), (length) -> length > 0, (length) -> length - 1)
			.map((length) -> "css-" + parts.stream().limit(length).collect(Collectors.joining("-")))
			.filter(tables::containsKey)
			.findFirst()
			.orElse("css-" + property);
	}

}
