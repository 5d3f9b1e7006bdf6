/**
 * Content of campaigns: which content belongs to which archetype and variant, and what
 * reviewers decided.
 */
@NullMarked
package io.waypost.campaign.content;

import org.jspecify.annotations.NullMarked;
