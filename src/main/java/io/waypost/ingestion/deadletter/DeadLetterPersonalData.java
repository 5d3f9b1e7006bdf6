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
import io.waypost.identity.ProfileErased;
import io.waypost.identity.Profiles;
import io.waypost.identity.Vault;
import io.waypost.ingestion.IngestionConfiguration;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Exports and erases failed events that contain data of a person.
 */
@Component
@Order(31)
class DeadLetterPersonalData implements PersonalRecords {

	private final DeadLetterRepository repository;

	private final Vault vault;

	private final Profiles profiles;

	DeadLetterPersonalData(DeadLetterRepository repository, Vault vault, Profiles profiles) {
		this.repository = repository;
		this.profiles = profiles;
		this.vault = vault;
	}

	@Override
	public String section() {
		return "deadLetters";
	}

	@Override
	public void read(TenantId tenant, ProfileId profile, Consumer<Object> sink) {
		PersonalDataMatcher person = new PersonalDataMatcher(this.vault.openAll(tenant, profile),
				(device) -> this.profiles.find(tenant, device).filter(profile::equals).isPresent());
		this.repository.search(tenant, person,
				(failedEvent,
						payload) -> sink.accept(new Row(failedEvent.id(), failedEvent.source(), failedEvent.reason(),
								failedEvent.detail(), failedEvent.receivedAt(), failedEvent.replayedAt(),
								readable(payload))));
	}

	@EventListener
	@Order(30)
	void on(ProfileErased erased) {
		erased.count("deadLetters",
				this.repository.delete(erased.tenant(), new PersonalDataMatcher(erased.personalData(), erased::had)));
	}

	/** Without the write key, which is a secret of the source. */
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

	/** One failed event with its decrypted payload. */
	record Row(UUID id, String source, String reason, String detail, Instant receivedAt, @Nullable Instant replayedAt,
			JsonNode payload) {
	}

}
