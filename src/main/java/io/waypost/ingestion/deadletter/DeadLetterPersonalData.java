package io.waypost.ingestion.deadletter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.waypost.identity.PersonalRecords;
import io.waypost.identity.Vault;
import io.waypost.ingestion.IngestionConfiguration;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * What was said of a person and could not be taken in, found the way an erasure finds it.
 * {@code EventPersonalData} forgets it.
 */
@Component
@Order(31)
class DeadLetterPersonalData implements PersonalRecords {

	private final DeadLetterRepository letters;

	private final Vault vault;

	DeadLetterPersonalData(DeadLetterRepository letters, Vault vault) {
		this.letters = letters;
		this.vault = vault;
	}

	@Override
	public String section() {
		return "deadLetters";
	}

	@Override
	public void read(TenantId tenant, ProfileId profile, Consumer<Object> sink) {
		PersonalDataMatcher person = new PersonalDataMatcher(this.vault.openAll(tenant, profile));
		this.letters.search(tenant, person, (letter, payload) -> sink.accept(new Row(letter.id(), letter.source(),
				letter.reason(), letter.detail(), letter.receivedAt(), letter.replayedAt(), readable(payload))));
	}

	/** The source's own key is none of the person's business. */
	private static JsonNode readable(byte[] payload) {
		try {
			JsonNode json = IngestionConfiguration.JSON.readTree(payload);
			json.findParents("writeKey").forEach((parent) -> ((ObjectNode) parent).remove("writeKey"));
			return json;
		}
		catch (IOException notJson) {
			return TextNode.valueOf(new String(payload, StandardCharsets.UTF_8));
		}
	}

	/** One letter, opened. */
	record Row(UUID id, String source, String reason, String detail, Instant receivedAt, @Nullable Instant replayedAt,
			JsonNode payload) {
	}

}
