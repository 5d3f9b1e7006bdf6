package io.waypost.content.brand;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.waypost.access.InvalidRequestException.Violation;
import io.waypost.content.fact.AbsoluteUrl;
import io.waypost.content.fact.BrandFacts;
import org.jspecify.annotations.Nullable;

/** Validates the facts of a brand kit. */
final class BrandFactsCheck {

	private static final Pattern ID = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?");

	private static final Pattern SENTENCE = Pattern.compile("[^\\p{Cntrl}<>{}]{1,200}");

	private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());

	/** Forms of address of the writer's texts. */
	private static final Map<String, String> ADDRESS = Map.of("de", "du", "fr", "vous");

	private final List<Violation> violations;

	BrandFactsCheck(List<Violation> violations) {
		this.violations = violations;
	}

	/** Returns the facts; what is wrong is added to the violations. */
	BrandFacts check(@Nullable BrandFacts given) {
		if (given == null) {
			return BrandFacts.NONE;
		}
		texts("/facts/shipping", given.shipping());
		texts("/facts/returns", given.returns());
		Set<String> ids = new HashSet<>();
		for (int at = 0; at < given.promises().size(); at++) {
			promise("/facts/promises/" + at, given.promises().get(at), ids);
		}
		given.address().forEach((language, form) -> {
			if (!form.equals(ADDRESS.get(language))) {
				add("/facts/address/" + language, form, "the form of address of the writer's texts: " + ADDRESS);
			}
		});
		return given;
	}

	private void promise(String pointer, BrandFacts.BrandPromise promise, Set<String> ids) {
		if (promise.id() == null || !ID.matcher(promise.id()).matches() || !ids.add(promise.id())) {
			add(pointer + "/id", promise.id(), "an id of its own, of lower-case letters, digits and hyphens");
		}
		if (promise.proof() == null || !AbsoluteUrl.isAbsolute(promise.proof())) {
			add(pointer + "/proof", promise.proof(), "the absolute URL of the page that proves the promise");
		}
		if (promise.texts().isEmpty()) {
			this.violations.add(new Violation(pointer + "/texts", "is missing; give a sentence per language"));
		}
		texts(pointer + "/texts", promise.texts());
	}

	private void texts(String pointer, Map<String, String> texts) {
		texts.forEach((language, text) -> {
			if (!LANGUAGES.contains(language)) {
				add(pointer + '/' + language, language, "an ISO 639 language code such as en");
			}
			if (text.isBlank() || !SENTENCE.matcher(text).matches()) {
				add(pointer + '/' + language, text,
						"one sentence of up to 200 characters without braces and angle brackets");
			}
		});
	}

	private void add(String pointer, @Nullable String value, String expected) {
		this.violations.add(new Violation(pointer,
				((value == null) ? "is missing" : "'" + value + "' is not valid") + "; it must be " + expected));
	}

}
