package io.waypost.feature;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * One line of a cart as the shop's events described it.
 *
 * @param cartId which cart
 * @param productId the shop's id
 * @param name as the event said, null when it did not
 * @param price one unit, null when the event did not say
 * @param currency ISO 4217, null when the event did not say
 * @param quantity at least 1
 * @param imageUrl absolute, null when the event did not say
 * @param url product page, null when the event did not say
 */
public record CartItem(String cartId, String productId, @Nullable String name, @Nullable BigDecimal price,
		@Nullable String currency, int quantity, @Nullable String imageUrl, @Nullable String url) {

}
