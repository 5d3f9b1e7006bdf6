package io.waypost.journey.engine;

import java.util.Map;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.camunda.bpm.spring.boot.starter.rest.CamundaJerseyResourceConfig;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * The engine's REST API as the starter makes it, with one more answer: a transaction that
 * cannot begin or end is no fault of the call, which may come back.
 */
@Component
@ApplicationPath("/engine-rest")
class EngineRest extends CamundaJerseyResourceConfig {

	private static final String RETRY_SECONDS = "5";

	@Override
	protected void registerAdditionalResources() {
		register(DatabaseAway.class);
	}

	/** Public, because Jersey makes it. */
	public static final class DatabaseAway implements ExceptionMapper<TransactionException> {

		@Override
		public Response toResponse(TransactionException away) {
			HttpStatus status = HttpStatus.SERVICE_UNAVAILABLE;
			return Response.status(status.value())
				.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
				.type(MediaType.APPLICATION_PROBLEM_JSON_VALUE)
				.entity(Map.of("type", "about:blank", "title", status.getReasonPhrase(), "status", status.value(),
						"detail",
						"The database cannot be reached at the moment; try again in %s seconds"
							.formatted(RETRY_SECONDS)))
				.build();
		}

	}

}
