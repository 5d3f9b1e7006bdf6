/**
 * Campaigns: briefs, their course, and the batch path. A frozen audience is cut into
 * chunks; each chunk decides for its people and queues their sends in one transaction.
 * Floor 7: the process engine is one floor up and reached by {@link CampaignFlow} only.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "database", "kernel", "ledger", "access", "policy", "identity", "ingestion",
		"consent", "feature", "content", "experiment", "audience", "delivery", "agent", "agent::archetype" })
package io.waypost.campaign;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
