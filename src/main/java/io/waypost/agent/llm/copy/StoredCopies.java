package io.waypost.agent.llm.copy;

import java.math.BigDecimal;
import java.util.List;
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
 */
record StoredCopies(List<GeneratedCopy> copies, String provider, String model, String prompt, List<UUID> calls,
		BigDecimal cost, int rejected) {

	StoredCopies {
		copies = List.copyOf(copies);
		calls = List.copyOf(calls);
	}

}
