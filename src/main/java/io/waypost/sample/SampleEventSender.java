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
 * Sends messages to event ingestion, as the website of the shop would.
 */
@Component
@ConditionalOnSample
class SampleEventSender {

	private final EventIngestion ingestion;

	private final ObjectMapper json;

	SampleEventSender(EventIngestion ingestion, ObjectMapper json) {
		this.ingestion = ingestion;
		this.json = json;
	}

	int send(TenantId tenant, List<ObjectNode> messages) {
		ObjectNode body = JsonNodeFactory.instance.objectNode();
		body.putArray("batch").addAll(messages);
		try {
			return this.ingestion.ingest(tenant, this.json.writeValueAsBytes(body));
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("Sample messages can always be written as JSON", ex);
		}
	}

}
