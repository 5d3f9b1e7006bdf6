/**
 * Campaign briefs: parsing and validation.
 */
@NullMarked
package io.waypost.campaign.brief;

import org.jspecify.annotations.NullMarked;
