/**
 * Content of campaigns by archetype and variant, and its review.
 */
@NullMarked
package io.waypost.campaign.content;

import org.jspecify.annotations.NullMarked;
