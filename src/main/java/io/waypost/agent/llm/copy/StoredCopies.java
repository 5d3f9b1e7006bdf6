package io.waypost.agent.llm.copy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.waypost.agent.write.GeneratedCopy;

/**
 * Copies that passed inspection, and where they come from.
 *
 * @param copies at least one
 * @param provider name of the provider
 * @param model name of the model
 * @param prompt name and version of the prompt
 * @param calls stored calls to the model, the last one gave the answer
 * @param cost US dollars of all calls
 * @param rejected number of copies that did not pass
 * @param unconfirmed words, by id of the copy, that no fact has and no judge confirmed
 */
record StoredCopies(List<GeneratedCopy> copies, String provider, String model, String prompt, List<UUID> calls,
		BigDecimal cost, int rejected, Map<String, List<String>> unconfirmed) {

	StoredCopies {
		copies = List.copyOf(copies);
		calls = List.copyOf(calls);
		unconfirmed = Map.copyOf(unconfirmed);
	}

	/** Returns the copies that need no review. */
	List<GeneratedCopy> confirmed() {
		return this.copies.stream().filter((copy) -> !this.unconfirmed.containsKey(copy.id())).toList();
	}

}
