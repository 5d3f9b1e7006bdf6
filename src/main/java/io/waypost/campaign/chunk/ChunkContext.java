package io.waypost.campaign.chunk;

import io.waypost.kernel.CampaignId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Holds the chunk that the steps of one transaction process. It is bound to the
 * transaction: after a retry the chunk is read again.
 */
@Component
public class ChunkContext {

	public void bind(ChunkState chunk) {
		if (TransactionSynchronizationManager.unbindResourceIfPossible(this) == null) {
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

				@Override
				public void afterCompletion(int status) {
					TransactionSynchronizationManager.unbindResourceIfPossible(ChunkContext.this);
				}

			});
		}
		TransactionSynchronizationManager.bindResource(this, chunk);
	}

	/** Returns the chunk that an earlier step of this transaction claimed. */
	public ChunkState require(CampaignId campaign, int number) {
		@Nullable Object bound = TransactionSynchronizationManager.getResource(this);
		if (bound instanceof ChunkState chunk && chunk.campaign().id().equals(campaign)
				&& chunk.chunk().number() == number) {
			return chunk;
		}
		throw new IllegalStateException(
				"Chunk %d of campaign %s was not claimed in this transaction; the process must have no save point after the step that claims it"
					.formatted(number, campaign));
	}

}
