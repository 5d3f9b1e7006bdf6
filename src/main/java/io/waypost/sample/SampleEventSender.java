package io.waypost.sample;

import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waypost.ingestion.EventIngestion;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/**
 * Hands messages in where the shop's site would: they are read, checked and stored like
 * any other.
 */
@Component
@ConditionalOnSample
class SampleEventSender {

	private final EventIngestion intake;

	private final ObjectMapper json;

	SampleEventSender(EventIngestion intake, ObjectMapper json) {
		this.intake = intake;
		this.json = json;
	}

	int send(TenantId tenant, List<ObjectNode> messages) {
		ObjectNode body = JsonNodeFactory.instance.objectNode();
		body.putArray("batch").addAll(messages);
		try {
			return this.intake.ingest(tenant, this.json.writeValueAsBytes(body));
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("Sample messages are always JSON", ex);
		}
	}

}
