package io.waypost.content;

import java.time.Instant;

/** A version of a template as the API lists it. */
record TemplateVersion(Template template, boolean live, Instant createdAt) {

}
