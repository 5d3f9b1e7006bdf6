package io.waypost.content.catalogue;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.waypost.access.InvalidRequestException.Violation;
import io.waypost.content.fact.AbsoluteUrl;
import io.waypost.content.fact.ProductDetails;
import org.jspecify.annotations.Nullable;

/** Validates the details of a catalogue item. Use one instance per item. */
final class ProductDetailsParser {

	private static final Pattern ATTRIBUTE = Pattern.compile("[a-z][a-z0-9_]{0,39}");

	private static final Pattern TEXT = Pattern.compile("[^\\p{Cntrl}<>{}]{1,500}");

	private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());

	private final String pointer;

	private final List<Violation> violations;

	ProductDetailsParser(String pointer, List<Violation> violations) {
		this.pointer = pointer;
		this.violations = violations;
	}

	ProductDetails parse(ProductBody body) {
		line("/kind", body.kind());
		line("/brand", body.brand());
		if (body.stock() != null && body.stock() < 0) {
			add("/stock", "'%d' is not a number of units from 0".formatted(body.stock()));
		}
		List<String> images = Objects.requireNonNullElse(body.images(), List.of());
		for (int at = 0; at < images.size(); at++) {
			if (images.get(at) == null || !AbsoluteUrl.hasNamedHost(images.get(at))) {
				add("/images/" + at, "'%s' is not an absolute http(s) URL".formatted(images.get(at)));
				return ProductDetails.NONE;
			}
		}
		Map<String, Map<String, String>> attributes = new TreeMap<>();
		Objects.requireNonNullElse(body.attributes(), Map.<String, Map<String, String>>of()).forEach((name, values) -> {
			if (!ATTRIBUTE.matcher(name).matches()) {
				add("/attributes/" + name, "'%s' is not a name of lower-case letters, digits and _".formatted(name));
			}
			attributes.put(name, texts("/attributes/" + name, values));
		});
		return new ProductDetails(body.kind(), body.brand(), texts("/names", body.names()),
				texts("/descriptions", body.descriptions()), attributes, body.launchDate(), sale(body), rating(body),
				body.stock(), images);
	}

	private ProductDetails.@Nullable SalePrice sale(ProductBody body) {
		BigDecimal amount = body.salePrice();
		if (amount == null) {
			if (body.saleFrom() != null || body.saleUntil() != null) {
				add("/salePrice", "is missing; saleFrom and saleUntil are the validity of a salePrice");
			}
			return null;
		}
		if (amount.signum() < 0 || amount.compareTo(ProductBody.MAX_PRICE) > 0
				|| body.price() != null && amount.compareTo(body.price()) >= 0) {
			add("/salePrice", "'%s' is not a price below the list price %s".formatted(amount, body.price()));
		}
		if (body.saleFrom() != null && body.saleUntil() != null && body.saleUntil().isBefore(body.saleFrom())) {
			add("/saleUntil", "%s is before saleFrom, %s".formatted(body.saleUntil(), body.saleFrom()));
		}
		return new ProductDetails.SalePrice(amount, body.saleFrom(), body.saleUntil());
	}

	private ProductDetails.@Nullable ProductRating rating(ProductBody body) {
		BigDecimal average = body.rating();
		Integer reviews = body.reviews();
		if (average == null && reviews == null) {
			return null;
		}
		if (average == null || reviews == null || reviews < 1 || average.compareTo(BigDecimal.ONE) < 0
				|| average.compareTo(BigDecimal.valueOf(5)) > 0) {
			add("/rating", "needs an average from 1 to 5 and reviews from 1; it is %s of %s reviews".formatted(average,
					reviews));
			return null;
		}
		return new ProductDetails.ProductRating(average, reviews);
	}

	private Map<String, String> texts(String field, @Nullable Map<String, String> given) {
		Map<String, String> texts = new TreeMap<>();
		if (given != null) {
			given.forEach((language, text) -> {
				if (!LANGUAGES.contains(language)) {
					add(field + '/' + language, "'%s' is not an ISO 639 language code such as en".formatted(language));
				}
				if (text == null || text.isBlank() || !TEXT.matcher(text).matches()) {
					add(field + '/' + language,
							"'%s' is not a line of up to 500 characters without braces and angle brackets"
								.formatted(text));
				}
				else {
					texts.put(language, text.strip());
				}
			});
		}
		return texts;
	}

	private void line(String field, @Nullable String value) {
		if (value != null && (value.isBlank() || !ProductBody.isLine(value))) {
			add(field, "'%s' is not one line of up to 200 characters".formatted(value));
		}
	}

	private void add(String field, String detail) {
		this.violations.add(new Violation(this.pointer + field, detail));
	}

}
