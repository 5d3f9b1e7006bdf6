package io.waypost.console.templates;

import org.jspecify.annotations.Nullable;

/**
 * What a reader wants to see of a template; null leaves the choice to the page.
 *
 * @param version which version
 * @param against with which version to compare it
 * @param person user id or address of whom to preview it for
 */
record TemplatePageQuery(@Nullable Integer version, @Nullable Integer against, @Nullable String person) {

}
