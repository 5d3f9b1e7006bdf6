/**
 * Campaign briefs: read from a request and checked against templates, segments and the
 * calendar.
 */
@NullMarked
package io.waypost.campaign.brief;

import org.jspecify.annotations.NullMarked;
