package io.waypost.content;

import io.waypost.kernel.Money;
import org.jspecify.annotations.Nullable;

/**
 * A catalogue fact: the only source of product names, prices and links in a message.
 *
 * @param id the shop's id
 * @param name as shown to people
 * @param category top-level category
 * @param price one unit
 * @param imageUrl absolute, may be null
 * @param url product page, absolute
 */
public record Product(String id, String name, String category, Money price, @Nullable String imageUrl, String url) {

}
