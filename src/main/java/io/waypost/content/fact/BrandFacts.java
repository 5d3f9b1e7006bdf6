package io.waypost.content.fact;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What the shop says about itself. Messages make no other promises.
 *
 * @param promises promises with their proof
 * @param shipping by language, one sentence about shipping
 * @param returns by language, one sentence about returns
 * @param voice words to use and to avoid
 * @param address by language, the form of address, for example {@code du}
 */
public record BrandFacts(List<BrandPromise> promises, Map<String, String> shipping, Map<String, String> returns,
		BrandVoice voice, Map<String, String> address) {

	/** No facts. */
	public static final BrandFacts NONE = new BrandFacts(List.of(), Map.of(), Map.of(),
			new BrandVoice(List.of(), List.of()), Map.of());

	/** Missing parts become empty. */
	public BrandFacts {
		promises = List.copyOf(Objects.requireNonNullElse(promises, List.of()));
		shipping = Map.copyOf(Objects.requireNonNullElse(shipping, Map.of()));
		returns = Map.copyOf(Objects.requireNonNullElse(returns, Map.of()));
		voice = Objects.requireNonNullElse(voice, new BrandVoice(List.of(), List.of()));
		address = Map.copyOf(Objects.requireNonNullElse(address, Map.of()));
	}

	/**
	 * A promise.
	 *
	 * @param id id of the fact, lower-case letters, digits and hyphens
	 * @param texts one sentence by language
	 * @param proof page or document that proves it
	 */
	public record BrandPromise(@Nullable String id, Map<String, String> texts, @Nullable String proof) {

		public BrandPromise {
			texts = Map.copyOf(Objects.requireNonNullElse(texts, Map.of()));
		}

	}

	/**
	 * The brand's voice.
	 *
	 * @param use words that fit
	 * @param avoid words that the writer does not use, lower case
	 */
	public record BrandVoice(List<String> use, List<String> avoid) {

		public BrandVoice {
			use = List.copyOf(Objects.requireNonNullElse(use, List.of()));
			avoid = List.copyOf(Objects.requireNonNullElse(avoid, List.of()));
		}

	}

	/**
	 * Returns the first promise with a text in a language.
	 * @param locale the language
	 * @return the promise, empty when there is none
	 */
	public Optional<BrandPromise> promise(Locale locale) {
		return this.promises.stream()
			.filter((promise) -> promise.texts().containsKey(locale.getLanguage()))
			.findFirst();
	}

	/**
	 * Returns all texts, whose claims a message may repeat.
	 * @return one text per line
	 */
	public String text() {
		List<String> texts = new ArrayList<>(this.shipping.values());
		texts.addAll(this.returns.values());
		this.promises.forEach((promise) -> texts.addAll(promise.texts().values()));
		return String.join("\n", texts);
	}

}
