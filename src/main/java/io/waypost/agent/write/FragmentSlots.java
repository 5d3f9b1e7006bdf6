package io.waypost.agent.write;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.waypost.content.Product;
import io.waypost.content.fact.BrandFacts;
import io.waypost.content.fact.ProductDetails;
import io.waypost.kernel.Money;
import org.jspecify.annotations.Nullable;

/**
 * The facts in the form that fragments use: formatted values and conditions. Unknown
 * facts are absent.
 *
 * @param values formatted values by slot name
 * @param conditions names of the conditions that hold
 * @param factIds ids of the facts by slot name
 */
record FragmentSlots(Map<String, String> values, Set<String> conditions, Map<String, String> factIds) {

	/** Condition: the message announces an offer. */
	static final String OFFER = "offer";

	static final Set<String> SLOTS = Set.of("shop", "item", "second", "third", "names", "count", "others", "total",
			"price", "former_price", "second_price", "description", "rating", "average", "reviews", "material", "use",
			"season", "care", "category", "orders", "discount", "offer", "offer_short", "offer_until", "offer_code",
			"offer_terms", "promise", "shipping", "returns");

	/**
	 * Conditions about the products shown, the recipient and the offer.
	 * {@code described}, {@code rated}, {@code reduced}, {@code new_item}, {@code viewed}
	 * and {@code complement} are about the first product; {@code different}: the names of
	 * the first two have no word in common.
	 */
	static final Set<String> CONDITIONS = Set.of("in_cart", "recommended", "nothing_shown", "single", "pair", "several",
			"category", "no_category", "customer", "described", "rated", "reduced", "new_item", "viewed", "complement",
			"promised", "different", OFFER);

	/** A rating below this average, or of fewer reviews, is no argument. */
	private static final BigDecimal GOOD_AVERAGE = BigDecimal.valueOf(4);

	private static final int ENOUGH_REVIEWS = 5;

	/** A product is new for this number of days after its launch. */
	private static final int NEW_DAYS = 60;

	/** Short words and numbers, such as {@code 20 l}, may occur in both names. */
	private static final Pattern WORD = Pattern.compile("\\p{L}{3,}");

	private static final Pattern SENTENCE_END = Pattern.compile("[.!?…]\\s*$");

	private static final Map<String, String> SYMBOLS = Map.of("EUR", "€", "GBP", "£");

	private static final Set<String> ATTRIBUTES = Set.of("material", "use", "season", "care");

	static FragmentSlots of(ContentFacts facts, Locale locale) {
		Map<String, String> values = new TreeMap<>();
		List<ContentFacts.ProductLine> lines = facts.lines();
		NumberFormat numbers = NumberFormat.getIntegerInstance(locale);
		values.put("shop", facts.shop());
		if (!lines.isEmpty()) {
			values.put("names", names(lines, locale));
			putFirst(values, lines.getFirst().product(), locale);
		}
		if (lines.size() > 1) {
			values.put("second", lines.get(1).product().name());
			values.put("second_price", price(lines.get(1).product().price(), locale));
			values.put("count", numbers.format(lines.size()));
			values.put("others", numbers.format(lines.size() - 1L));
		}
		if (lines.size() > 2) {
			values.put("third", lines.get(2).product().name());
		}
		facts.total().ifPresent((total) -> values.put("total", price(total, locale)));
		if (facts.category() != null) {
			values.put("category", facts.category());
		}
		// The fragments use the plural, so a single order has no value
		if (facts.orderCount() > 1) {
			values.put("orders", numbers.format(facts.orderCount()));
		}
		if (facts.offer() != null) {
			values.putAll(OfferPhrases.of(facts.offer(), locale));
		}
		putBrand(values, facts.brand(), locale);
		return new FragmentSlots(values, conditions(facts, values), factIds(facts, values.keySet(), locale));
	}

	private static void putFirst(Map<String, String> values, Product product, Locale locale) {
		String language = locale.getLanguage();
		ProductDetails details = product.details();
		values.put("item", product.name());
		values.put("price", price(product.price(), locale));
		if (product.formerPrice() != null) {
			values.put("former_price", price(product.formerPrice(), locale));
		}
		putIfKnown(values, "description", sentence(details.descriptions().get(language)));
		for (String attribute : ATTRIBUTES) {
			putIfKnown(values, attribute, details.attributes().getOrDefault(attribute, Map.of()).get(language));
		}
		ProductDetails.ProductRating rating = goodRating(product);
		if (rating != null) {
			NumberFormat average = NumberFormat.getInstance(locale);
			average.setMinimumFractionDigits(1);
			values.put("rating", rating.text(locale));
			values.put("average", average.format(rating.average()));
			values.put("reviews", NumberFormat.getIntegerInstance(locale).format(rating.reviews()));
		}
	}

	/** A description is followed by other sentences. */
	private static @Nullable String sentence(@Nullable String description) {
		return (description == null || description.isBlank() || SENTENCE_END.matcher(description).find()) ? description
				: description.strip() + '.';
	}

	/** Returns the rating of a product if it speaks for it, otherwise null. */
	static ProductDetails.@Nullable ProductRating goodRating(Product product) {
		ProductDetails.ProductRating rating = product.details().rating();
		boolean good = rating != null && rating.average().compareTo(GOOD_AVERAGE) >= 0
				&& rating.reviews() >= ENOUGH_REVIEWS;
		return good ? rating : null;
	}

	/** Names up to three products: {@code A, B and C}. */
	private static String names(List<ContentFacts.ProductLine> lines, Locale locale) {
		List<String> names = lines.stream().limit(3).map((line) -> line.product().name()).toList();
		if (names.size() == 1) {
			return names.getFirst();
		}
		String and = switch (locale.getLanguage()) {
			case "de" -> " und ";
			case "fr" -> " et ";
			default -> " and ";
		};
		return String.join(", ", names.subList(0, names.size() - 1)) + and + names.getLast();
	}

	private static void putIfKnown(Map<String, String> values, String slot, @Nullable String value) {
		if (value != null && !value.isBlank()) {
			values.put(slot, value);
		}
	}

	private static void putBrand(Map<String, String> values, BrandFacts brand, Locale locale) {
		String language = locale.getLanguage();
		brand.promise(locale).ifPresent((promise) -> values.put("promise", promise.texts().getOrDefault(language, "")));
		if (brand.shipping().containsKey(language)) {
			values.put("shipping", brand.shipping().getOrDefault(language, ""));
		}
		if (brand.returns().containsKey(language)) {
			values.put("returns", brand.returns().getOrDefault(language, ""));
		}
	}

	/** Names the fact that each slot's value comes from. */
	private static Map<String, String> factIds(ContentFacts facts, Set<String> slots, Locale locale) {
		Map<String, String> ids = new TreeMap<>();
		for (String slot : slots) {
			ids.put(slot, switch (slot) {
				case "item" -> product(facts, 0, "name");
				case "price", "former_price", "description", "rating" -> product(facts, 0, slot);
				case "average", "reviews" -> product(facts, 0, "rating");
				case "material", "use", "season", "care" -> product(facts, 0, "attribute/" + slot);
				case "second" -> product(facts, 1, "name");
				case "second_price" -> product(facts, 1, "price");
				case "third" -> product(facts, 2, "name");
				case "names" -> "plan:products";
				case "count", "others" -> facts.inCart() ? "feature:cart_item_count" : "plan:products";
				case "total" -> "feature:cart_value";
				case "category" -> "category:" + facts.category();
				case "orders" -> "feature:order_count";
				case "promise" ->
					"brand:promise/" + facts.brand().promise(locale).map(BrandFacts.BrandPromise::id).orElse("");
				case "shipping", "returns" -> "brand:" + slot;
				case "shop" -> "brand:senderName";
				default -> (facts.offer() != null) ? facts.offer().factId() : "";
			});
		}
		return ids;
	}

	private static String product(ContentFacts facts, int index, String part) {
		return "product:" + facts.lines().get(index).product().id() + '/' + part;
	}

	static String price(Money money, Locale locale) {
		NumberFormat format = currency(money.currency(), locale);
		int digits = Math.max(0, money.currency().getDefaultFractionDigits());
		format.setMinimumFractionDigits(digits);
		format.setMaximumFractionDigits(digits);
		return format.format(money.amount());
	}

	/**
	 * Returns the format of a currency. Euro and pound have their symbols everywhere;
	 * some locales would write the code.
	 */
	static NumberFormat currency(Currency currency, Locale locale) {
		NumberFormat format = NumberFormat.getCurrencyInstance(locale);
		format.setCurrency(currency);
		String symbol = SYMBOLS.get(currency.getCurrencyCode());
		if (symbol != null && format instanceof DecimalFormat decimal) {
			DecimalFormatSymbols symbols = decimal.getDecimalFormatSymbols();
			symbols.setCurrencySymbol(symbol);
			decimal.setDecimalFormatSymbols(symbols);
		}
		return format;
	}

	private static Set<String> conditions(ContentFacts facts, Map<String, String> values) {
		Set<String> conditions = new TreeSet<>();
		int lines = facts.lines().size();
		conditions.add((lines == 0) ? "nothing_shown" : facts.inCart() ? "in_cart" : "recommended");
		if (lines > 0) {
			conditions.add((lines == 1) ? "single" : (lines == 2) ? "pair" : "several");
		}
		conditions.add((facts.category() != null) ? "category" : "no_category");
		if (facts.orderCount() > 0) {
			conditions.add("customer");
		}
		if (facts.offer() != null) {
			conditions.add(OFFER);
		}
		addIf(conditions, "promised", values.containsKey("promise"));
		addIf(conditions, "different", lines > 1 && haveDifferentNames(facts.lines()));
		if (lines > 0) {
			addFirst(conditions, facts, facts.lines().getFirst().product(), values);
		}
		return conditions;
	}

	private static void addFirst(Set<String> conditions, ContentFacts facts, Product product,
			Map<String, String> values) {
		addIf(conditions, "described", values.containsKey("description"));
		addIf(conditions, "rated", values.containsKey("rating"));
		addIf(conditions, "reduced", product.formerPrice() != null);
		addIf(conditions, "viewed", "viewed".equals(facts.reason()));
		addIf(conditions, "complement", "complement".equals(facts.reason()));
		LocalDate launched = product.details().launched();
		LocalDate today = facts.today();
		addIf(conditions, "new_item", launched != null && today != null && !launched.isAfter(today)
				&& launched.plusDays(NEW_DAYS).isAfter(today));
	}

	private static boolean haveDifferentNames(List<ContentFacts.ProductLine> lines) {
		Set<String> first = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		first.addAll(words(lines.getFirst()));
		return words(lines.get(1)).stream().noneMatch(first::contains);
	}

	private static List<String> words(ContentFacts.ProductLine line) {
		return WORD.matcher(line.product().name()).results().map(MatchResult::group).toList();
	}

	private static void addIf(Set<String> conditions, String condition, boolean holds) {
		if (holds) {
			conditions.add(condition);
		}
	}

}
