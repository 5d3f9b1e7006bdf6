package io.waypost.campaign.chunk;

import io.waypost.kernel.CampaignId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What the steps of one transaction hand one another: one chunk at a time. It ends with
 * the transaction, because a chunk that is taken up again has to be read again.
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

	/** The chunk that an earlier step of this transaction has taken. */
	public ChunkState require(CampaignId campaign, int number) {
		@Nullable Object bound = TransactionSynchronizationManager.getResource(this);
		if (bound instanceof ChunkState chunk && chunk.campaign().id().equals(campaign)
				&& chunk.chunk().number() == number) {
			return chunk;
		}
		throw new IllegalStateException(
				"Chunk %d of campaign %s was not taken in this transaction; no save point may stand behind 'Take chunk'"
					.formatted(number, campaign));
	}

}
