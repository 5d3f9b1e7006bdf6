package io.waypost.console.templates;

import org.jspecify.annotations.Nullable;

/**
 * Query of the template page; null selects the default.
 *
 * @param version version to show
 * @param against version to compare with
 * @param profile user id or e-mail address of the profile for the preview
 */
record TemplatePageQuery(@Nullable Integer version, @Nullable Integer against, @Nullable String profile) {

}
