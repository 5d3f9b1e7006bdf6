package io.waypost.content.catalogue;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Request and response body of a category.
 *
 * @param name name of the category as in the items
 * @param names names by language
 */
record CategoryBody(@Nullable String name, @Nullable Map<String, String> names) {

}
