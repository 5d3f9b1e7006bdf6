package io.waypost.agent.preview;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.IllformedLocaleException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.waypost.access.InvalidRequestException;
import io.waypost.access.InvalidRequestException.Violation;
import io.waypost.agent.guard.DeclaredFacts;
import io.waypost.content.BrandKit;
import io.waypost.content.EmailDraft;
import io.waypost.content.Product;
import io.waypost.content.TemplateCopy;
import io.waypost.identity.TextRuns;
import io.waypost.kernel.Money;
import org.jspecify.annotations.Nullable;

/**
 * Converts the body of an inspection to a draft and its facts. Collects all errors of the
 * body with their JSON pointers.
 */
final class InspectionBodyReader {

	private static final int MAX_TEXT_LENGTH = 50_000;

	private static final int MAX_ELEMENTS = 200;

	private final InspectionBody body;

	private final List<Violation> violations = new ArrayList<>();

	InspectionBodyReader(InspectionBody body) {
		this.body = body;
	}

	/** Ids of the products to read from the catalogue. */
	Set<String> catalogueIds() {
		Set<String> ids = new LinkedHashSet<>();
		products().stream().filter(InspectionBodyReader::isReference).map((product) -> product.id()).forEach(ids::add);
		items().stream().map(InspectionBody.Item::productId).filter(Objects::nonNull).forEach(ids::add);
		return ids;
	}

	/**
	 * Reads the body.
	 * @param brand the live brand kit
	 * @param catalogue products of the catalogue that the body names, by id
	 * @return the draft and its facts
	 * @throws InvalidRequestException a 400 that lists all errors
	 */
	InspectionContent read(BrandKit brand, Map<String, Product> catalogue) {
		Locale locale = locale();
		String subject = required(this.body.subject(), "/subject", "name the subject line");
		String text = required(this.body.text(), "/text", "name the text of the e-mail");
		Map<String, Product> known = new LinkedHashMap<>();
		for (int i = 0; i < products().size(); i++) {
			Product product = product(products().get(i), "/facts/products/" + i, brand, catalogue);
			if (product != null) {
				known.put(product.id(), product);
			}
		}
		DeclaredFacts declared = new DeclaredFacts(offers(), dates());
		Map<String, Integer> quantities = new LinkedHashMap<>();
		List<EmailDraft.DraftItem> shown = new ArrayList<>();
		for (int i = 0; i < items().size(); i++) {
			shown.add(item(items().get(i), "/items/" + i, known, catalogue, quantities));
		}
		if (!this.violations.isEmpty()) {
			throw InvalidRequestException.badRequest(this.violations);
		}
		// The request has no headline; the subject takes its place, so nothing is missing
		EmailDraft draft = new EmailDraft(locale.toLanguageTag(), subject, orEmpty(this.body.preheader()), subject,
				TemplateCopy.paragraphs(text), shown, button(brand), null);
		return new InspectionContent(draft, known, quantities, declared);
	}

	private Locale locale() {
		String tag = this.body.locale();
		if (tag == null || tag.isBlank()) {
			this.violations.add(new Violation("/locale", "is missing; name a BCP 47 tag, for example en-GB"));
			return Locale.ROOT;
		}
		try {
			return new Locale.Builder().setLanguageTag(tag).build();
		}
		catch (IllformedLocaleException ex) {
			this.violations
				.add(new Violation("/locale", "'%s' is not a BCP 47 tag; use for example en-GB".formatted(tag)));
			return Locale.ROOT;
		}
	}

	private String required(@Nullable String value, String pointer, String hint) {
		if (value == null || value.isBlank()) {
			this.violations.add(new Violation(pointer, "is missing; " + hint));
			return "";
		}
		if (value.length() > MAX_TEXT_LENGTH) {
			this.violations.add(new Violation(pointer,
					"has %d characters; at most %d are inspected".formatted(value.length(), MAX_TEXT_LENGTH)));
		}
		if (!TextRuns.isReadable(value)) {
			this.violations.add(new Violation(pointer,
					"has a run of more than 500 characters without spaces" + " or 300 without letters; leave it out"));
		}
		return value;
	}

	private EmailDraft.CallToAction button(BrandKit brand) {
		InspectionBody.Button button = this.body.callToAction();
		return (button == null) ? new EmailDraft.CallToAction("", brand.siteUrl()) : new EmailDraft.CallToAction(
				orEmpty(button.label()), Objects.requireNonNullElse(button.url(), brand.siteUrl()));
	}

	private EmailDraft.DraftItem item(InspectionBody.Item item, String pointer, Map<String, Product> known,
			Map<String, Product> catalogue, Map<String, Integer> quantities) {
		String id = required(item.productId(), pointer + "/productId", "name a product of the facts or the catalogue");
		Product fact = known.getOrDefault(id, catalogue.get(id));
		int quantity = Objects.requireNonNullElse(item.quantity(), 1);
		if (quantity < 1) {
			this.violations.add(new Violation(pointer + "/quantity", "is %d; use at least 1".formatted(quantity)));
		}
		if (fact != null) {
			known.putIfAbsent(id, fact);
			quantities.put(id, quantity);
		}
		String price = (fact != null) ? fact.price().amount().toPlainString() + ' ' + fact.price().currency() : "";
		return new EmailDraft.DraftItem(id, either(item.name(), fact, Product::name),
				(item.price() != null) ? item.price() : price, quantity, item.imageUrl(),
				either(item.url(), fact, Product::url));
	}

	private static String either(@Nullable String value, @Nullable Product fact, Function<Product, String> field) {
		return (value != null) ? value : (fact != null) ? field.apply(fact) : "";
	}

	private @Nullable Product product(InspectionBody.FactProduct product, String pointer, BrandKit brand,
			Map<String, Product> catalogue) {
		String id = product.id();
		if (isReference(product)) {
			Product found = catalogue.get(String.valueOf(id));
			if (found == null) {
				this.violations.add(new Violation(pointer + "/id",
						"'%s' is not in the catalogue; name also name, price and currency".formatted(id)));
			}
			return found;
		}
		String name = required(product.name(), pointer + "/name", "name the product");
		Currency currency = currency(product.currency(), pointer + "/currency");
		if (product.price() == null) {
			this.violations.add(new Violation(pointer + "/price", "is missing; name the price of one unit"));
		}
		if (product.price() == null || currency == null) {
			return null;
		}
		return new Product((id != null) ? id : name, name, orEmpty(product.category()),
				new Money(product.price(), currency), product.imageUrl(),
				Objects.requireNonNullElse(product.url(), brand.siteUrl()));
	}

	/** Whether a product is named by its id alone. */
	private static boolean isReference(InspectionBody.FactProduct product) {
		return product.id() != null && product.name() == null && product.price() == null;
	}

	private @Nullable Currency currency(@Nullable String code, String pointer) {
		try {
			return Currency.getInstance(String.valueOf(code).toUpperCase(Locale.ROOT));
		}
		catch (IllegalArgumentException ex) {
			this.violations
				.add(new Violation(pointer, (code == null) ? "is missing; name an ISO 4217 code, for example EUR"
						: "'%s' is not an ISO 4217 code; use for example EUR".formatted(code)));
			return null;
		}
	}

	private List<DeclaredFacts.DeclaredOffer> offers() {
		InspectionBody.Facts facts = this.body.facts();
		List<InspectionBody.FactOffer> offers = limited((facts != null) ? facts.offers() : null, "/facts/offers");
		List<DeclaredFacts.DeclaredOffer> declared = new ArrayList<>();
		for (int i = 0; i < offers.size(); i++) {
			InspectionBody.FactOffer offer = offers.get(i);
			String pointer = "/facts/offers/" + i;
			if (offer.from() != null && offer.until() != null && offer.until().isBefore(offer.from())) {
				this.violations.add(new Violation(pointer + "/until",
						"%s is before its beginning, %s".formatted(offer.until(), offer.from())));
			}
			declared.add(new DeclaredFacts.DeclaredOffer(
					Stream.of(offer.terms(), offer.code()).filter(Objects::nonNull).collect(Collectors.joining("\n")),
					offer.percent(), offer.amount(),
					(offer.currency() != null) ? currency(offer.currency(), pointer + "/currency") : null, offer.from(),
					offer.until(), offer.url()));
		}
		return declared;
	}

	private Set<LocalDate> dates() {
		InspectionBody.Facts facts = this.body.facts();
		List<LocalDate> given = limited((facts != null) ? facts.dates() : null, "/facts/dates");
		Set<LocalDate> dates = new HashSet<>();
		for (int i = 0; i < given.size(); i++) {
			if (given.get(i) == null) {
				this.violations.add(new Violation("/facts/dates/" + i, "is null; name a date, for example 2026-12-24"));
			}
			else {
				dates.add(given.get(i));
			}
		}
		return dates;
	}

	private List<InspectionBody.FactProduct> products() {
		InspectionBody.Facts facts = this.body.facts();
		return limited((facts != null) ? facts.products() : null, "/facts/products");
	}

	private List<InspectionBody.Item> items() {
		return limited(this.body.items(), "/items");
	}

	private static <T> List<T> limited(@Nullable List<T> elements, String pointer) {
		if (elements == null) {
			return List.of();
		}
		if (elements.size() > MAX_ELEMENTS) {
			throw InvalidRequestException.badRequest(pointer,
					"has %d elements; use at most %d".formatted(elements.size(), MAX_ELEMENTS));
		}
		return elements;
	}

	private static String orEmpty(@Nullable String value) {
		return (value != null) ? value : "";
	}

	/**
	 * Content of a request and its facts.
	 *
	 * @param draft the content
	 * @param products known products by id
	 * @param quantities quantities of the products shown, by id
	 * @param declared declared offers and dates
	 */
	record InspectionContent(EmailDraft draft, Map<String, Product> products, Map<String, Integer> quantities,
			DeclaredFacts declared) {

	}

}
