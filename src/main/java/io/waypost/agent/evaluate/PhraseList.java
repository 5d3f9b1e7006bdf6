package io.waypost.agent.evaluate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Phrases of a language by group, read from {@code language/phrases-<code>.txt}. A line
 * {@code [group]} begins a group; every other line is a phrase. In a phrase {@code x*}
 * matches each word that begins with x, {@code _} any one word.
 */
final class PhraseList {

	private static final Map<String, PhraseList> LOADED = new ConcurrentHashMap<>();

	private final Map<String, Node> groups = new LinkedHashMap<>();

	private PhraseList(String language) {
		try (InputStream file = PhraseList.class.getResourceAsStream("/language/phrases-" + language + ".txt")) {
			if (file != null) {
				read(new String(file.readAllBytes(), StandardCharsets.UTF_8), language.equals("fr"));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("language/phrases-%s.txt cannot be read".formatted(language), ex);
		}
	}

	/** Returns the list of a language; it is empty for one that is not supported. */
	static PhraseList of(String language) {
		PhraseList loaded = LOADED.get(language);
		return (loaded != null) ? loaded
				: LOADED.computeIfAbsent(LanguageModel.isSupported(language) ? language : "none", PhraseList::new);
	}

	/** Returns the names of the groups that begin with a prefix. */
	List<String> groups(String prefix) {
		return this.groups.keySet().stream().filter((name) -> name.startsWith(prefix)).toList();
	}

	/** Whether a group has this one word. */
	boolean isIn(String group, String word) {
		Node root = this.groups.get(group);
		Node found = (root != null) ? root.words.get(word) : null;
		return found != null && found.end;
	}

	/**
	 * Finds the phrases of a group.
	 * @param group name of the group
	 * @param tokens words in lower case
	 * @return what was found, as written; a word belongs to at most one phrase
	 */
	List<String> find(String group, List<String> tokens) {
		Node root = this.groups.get(group);
		if (root == null) {
			return List.of();
		}
		List<String> found = new ArrayList<>();
		for (int at = 0; at < tokens.size(); at++) {
			int end = root.longest(tokens, at);
			if (end > at) {
				found.add(String.join(" ", tokens.subList(at, end)));
				at = end - 1;
			}
		}
		return found;
	}

	private void read(String file, boolean elisions) {
		Node group = new Node();
		for (String line : file.split("\\R", -1)) {
			String text = line.strip();
			if (text.startsWith("[")) {
				group = this.groups.computeIfAbsent(text.substring(1, text.length() - 1), (name) -> new Node());
			}
			else if (!text.isEmpty() && !text.startsWith("#")) {
				group.add(tokens(text, elisions));
			}
		}
	}

	private static List<String> tokens(String phrase, boolean elisions) {
		List<String> tokens = new ArrayList<>();
		for (String part : phrase.split(" ", -1)) {
			boolean pattern = part.endsWith("*") || part.equals("_");
			tokens.addAll(pattern ? List.of(part) : CopySentence.of(part, elisions).lower());
		}
		return tokens;
	}

	private static final class Node {

		private final Map<String, Node> words = new HashMap<>();

		/** By first letter; the key of "any word" is 0. */
		private final Map<Character, Map<String, Node>> prefixes = new HashMap<>();

		private boolean end;

		void add(List<String> tokens) {
			Node node = this;
			for (String token : tokens) {
				boolean prefix = token.endsWith("*") || token.equals("_");
				String key = token.equals("_") ? "" : prefix ? token.substring(0, token.length() - 1) : token;
				node = (prefix ? node.prefixes(key) : node.words).computeIfAbsent(key, (name) -> new Node());
			}
			node.end = true;
		}

		/** Returns the end of the longest phrase at a position, -1 for none. */
		int longest(List<String> tokens, int at) {
			int best = this.end ? at : -1;
			if (at == tokens.size()) {
				return best;
			}
			String token = tokens.get(at);
			Node exact = this.words.get(token);
			if (exact != null) {
				best = Math.max(best, exact.longest(tokens, at + 1));
			}
			best = Math.max(best, longest(this.prefixes.get(token.charAt(0)), tokens, at));
			return Math.max(best, longest(this.prefixes.get('\0'), tokens, at));
		}

		private Map<String, Node> prefixes(String key) {
			return this.prefixes.computeIfAbsent(key.isEmpty() ? '\0' : key.charAt(0), (first) -> new HashMap<>());
		}

		private static int longest(@Nullable Map<String, Node> prefixes, List<String> tokens, int at) {
			int best = -1;
			if (prefixes != null) {
				for (Map.Entry<String, Node> prefix : prefixes.entrySet()) {
					if (tokens.get(at).startsWith(prefix.getKey())) {
						best = Math.max(best, prefix.getValue().longest(tokens, at + 1));
					}
				}
			}
			return best;
		}

	}

}
