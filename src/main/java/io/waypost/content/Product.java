package io.waypost.content;

import io.waypost.kernel.Money;
import org.jspecify.annotations.Nullable;

/**
 * A product of the catalogue, the only source of product names, prices and links in a
 * message.
 *
 * @param id the shop's id
 * @param name display name
 * @param category top-level category
 * @param price price of one unit
 * @param imageUrl absolute URL, may be null
 * @param url absolute URL of the product page
 */
public record Product(String id, String name, String category, Money price, @Nullable String imageUrl, String url) {

}
