package io.waypost.agent.guard;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.waypost.content.BrandKit;
import io.waypost.content.EmailDraft;
import io.waypost.content.Product;
import io.waypost.content.ProductNames;

/**
 * A draft and the facts that it is checked against.
 *
 * @param draft the draft
 * @param brand brand kit; links may lead only to its hosts
 * @param facts products that the message may name, by id
 * @param quantities quantities of these products, by id
 * @param catalogue names of all products, for recognising those that the message may not
 * name
 * @param personal the recipient's identifiers in the vault; they must not occur
 * @param authored texts of the approved template and of declared offers; the message may
 * repeat their numbers and claims
 * @param properties properties of the message; their numbers are known facts
 * @param declared facts declared for this message
 * @param today current date
 */
public record InspectionRequest(EmailDraft draft, BrandKit brand, Map<String, Product> facts,
		Map<String, Integer> quantities, ProductNames catalogue, List<PersonalValue> personal, String authored,
		Map<String, Object> properties, DeclaredFacts declared, LocalDate today) {

	/** Makes a request without declared facts. */
	public InspectionRequest(EmailDraft draft, BrandKit brand, Map<String, Product> facts,
			Map<String, Integer> quantities, ProductNames catalogue, List<PersonalValue> personal, String authored,
			Map<String, Object> properties, LocalDate today) {
		this(draft, brand, facts, quantities, catalogue, personal, authored, properties, DeclaredFacts.NONE, today);
	}

	public InspectionRequest {
		String declaredText = declared.text();
		authored = declaredText.isEmpty() ? authored : authored + '\n' + declaredText;
	}

	/**
	 * A direct identifier of the recipient.
	 *
	 * @param type {@code firstName}, {@code lastName}, {@code email}, {@code phone},
	 * {@code userId}
	 * @param value the value in the vault
	 */
	public record PersonalValue(String type, String value) {

		@Override
		public String toString() {
			return this.type + ":***";
		}

	}

	Locale locale() {
		return Locale.forLanguageTag(this.draft.locale());
	}

	/**
	 * Returns the allowed names, longest first: longer names may contain shorter ones.
	 */
	List<String> allowedNames() {
		Set<String> names = new TreeSet<>(
				Comparator.comparingInt(String::length).reversed().thenComparing(String::compareTo));
		this.facts.values().forEach((product) -> {
			names.add(product.name());
			names.add(product.category());
		});
		names.add(this.brand.senderName());
		names.removeIf(String::isBlank);
		return List.copyOf(names);
	}

	Optional<Integer> quantity(String productId) {
		return Optional.ofNullable(this.quantities.get(productId));
	}

}
