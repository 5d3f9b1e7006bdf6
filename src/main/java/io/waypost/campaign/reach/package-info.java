/**
 * Reach: how many people a campaign would reach now.
 */
@NullMarked
package io.waypost.campaign.reach;

import org.jspecify.annotations.NullMarked;
