package io.waypost.content;

/**
 * A product as the shop reports it.
 *
 * @param product the facts
 * @param popularity how well it sells against the others, the more the better
 */
public record CatalogueItem(Product product, int popularity) {

}
