/**
 * Campaigns: briefs, approval, content, chunks and results. A frozen audience is divided
 * into chunks; each chunk decides about its recipients and queues their sends in one
 * transaction. Layer 7: the module {@code journey} above it implements
 * {@link CampaignProcess} with the process engine.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "database", "kernel", "ledger", "access", "policy", "identity", "ingestion",
		"consent", "feature", "content", "content :: fact", "experiment", "audience", "delivery", "agent",
		"agent::review", "agent::trigger", "agent::archetype" })
package io.waypost.campaign;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
