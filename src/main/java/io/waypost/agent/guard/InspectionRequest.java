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
 * Words and everything they are held against.
 *
 * @param draft the words
 * @param brand whose words; its hosts are the only ones to link to
 * @param facts products the message may speak of, by id
 * @param quantities how many of each, by id
 * @param catalogue names of all products, to recognise those the message may not name
 * @param personal what the vault knows of the recipient; must not occur
 * @param authored what a person wrote and approved: its figures and claims may be
 * repeated
 * @param properties what the caller sent along; its figures are facts
 * @param today the date at the recipient's place
 */
public record InspectionRequest(EmailDraft draft, BrandKit brand, Map<String, Product> facts,
		Map<String, Integer> quantities, ProductNames catalogue, List<PersonalValue> personal, String authored,
		Map<String, Object> properties, LocalDate today) {

	/**
	 * A direct identifier of the recipient.
	 *
	 * @param type {@code firstName}, {@code lastName}, {@code email}, {@code phone},
	 * {@code userId}
	 * @param value as the vault keeps it
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

	/** Names that may occur, longest first so that a longer one hides a shorter one. */
	List<String> allowedNames() {
		Set<String> names = new TreeSet<>(
				Comparator.comparingInt(String::length).reversed().thenComparing(String::compareTo));
		this.facts.values().forEach((product) -> {
			names.add(product.name());
			names.add(product.category());
		});
		names.add(this.brand.senderName());
		return List.copyOf(names);
	}

	Optional<Integer> quantity(String productId) {
		return Optional.ofNullable(this.quantities.get(productId));
	}

}
