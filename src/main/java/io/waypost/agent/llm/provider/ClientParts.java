package io.waypost.agent.llm.provider;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.waypost.agent.llm.provider.ModelCallException.Failure;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.json.MappingJackson2HttpMessageConverter;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.reactive.function.client.WebClient;

/** What the clients of Spring AI are built from. They are built for one request. */
final class ClientParts {

	private static final ObjectMapper JSON = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
		.build();

	private static final MappingJackson2HttpMessageConverter CONVERTER = new MappingJackson2HttpMessageConverter(JSON);

	private ClientParts() {
	}

	static RestClient.Builder rest(ProviderHttp http, ProviderRequest call) {
		return RestClient.builder()
			.requestFactory((uri, method) -> new CheckedRequest(http, call, uri))
			.messageConverters(List.of(CONVERTER));
	}

	/**
	 * Spring AI uses it for streams only. With this function no second HTTP client is
	 * made.
	 */
	static WebClient.Builder noStreams() {
		return WebClient.builder()
			.exchangeFunction((request) -> Mono.error(new UnsupportedOperationException("answers are not streamed")));
	}

	/**
	 * Makes the request.
	 * @param <T> type of the response
	 * @param request the request
	 * @return body of the response
	 * @throws ModelCallException when the response is not in the provider's format
	 */
	static <T> T body(Supplier<ResponseEntity<T>> request) {
		T body;
		try {
			body = request.get().getBody();
		}
		catch (RestClientException ex) {
			throw new ModelCallException(Failure.UNREADABLE, "answer is not in the provider's format");
		}
		if (body == null) {
			throw new ModelCallException(Failure.UNREADABLE, "empty response");
		}
		return body;
	}

	static Map<String, Object> map(JsonNode schema) {
		return JSON.convertValue(schema, new TypeReference<>() {
		});
	}

	static long count(@Nullable Integer tokens) {
		return (tokens != null) ? tokens : 0;
	}

}
