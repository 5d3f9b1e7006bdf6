package io.waypost.feature;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * An item of a cart, as described by the shop's events.
 *
 * @param cartId the cart
 * @param productId the shop's product id
 * @param name as the event said, null if it did not
 * @param price price per unit, null if the event did not say
 * @param currency ISO 4217, null if the event did not say
 * @param quantity at least 1
 * @param imageUrl absolute, null if the event did not say
 * @param url product page, null if the event did not say
 */
public record CartItem(String cartId, String productId, @Nullable String name, @Nullable BigDecimal price,
		@Nullable String currency, int quantity, @Nullable String imageUrl, @Nullable String url) {

}
