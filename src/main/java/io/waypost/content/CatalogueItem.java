package io.waypost.content;

/**
 * A product of the catalogue with its sales rank.
 *
 * @param product the product
 * @param popularity relative sales; higher values are recommended first
 */
public record CatalogueItem(Product product, int popularity) {

}
