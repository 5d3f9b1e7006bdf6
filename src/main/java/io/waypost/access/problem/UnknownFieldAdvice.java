package io.waypost.access.problem;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.InvalidRequestException.Violation;
import io.waypost.access.JsonBody;
import io.waypost.access.JsonText;

import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.json.MappingJackson2HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/**
 * Refuses JSON request bodies with unknown fields: 400, with a JSON pointer to each such
 * field and the nearest known name. Without it a misspelt optional field is dropped, and
 * a campaign with a misspelt experiment goes to everyone untested. Jackson's own
 * {@code FAIL_ON_UNKNOWN_PROPERTIES} stops at the first field and would also apply to
 * stored documents. Also refuses null elements of typed arrays, text that the database
 * cannot store, and with 415 other encodings than UTF-8.
 */
@ControllerAdvice
class UnknownFieldAdvice extends RequestBodyAdviceAdapter {

	private final ObjectMapper json;

	UnknownFieldAdvice(ObjectMapper json) {
		this.json = json;
	}

	@Override
	public boolean supports(MethodParameter parameter, Type targetType,
			Class<? extends HttpMessageConverter<?>> converterType) {
		return MappingJackson2HttpMessageConverter.class.isAssignableFrom(converterType);
	}

	@Override
	public HttpInputMessage beforeBodyRead(HttpInputMessage message, MethodParameter parameter, Type targetType,
			Class<? extends HttpMessageConverter<?>> converterType) throws IOException {
		byte[] body = message.getBody().readAllBytes();
		JsonText.requireUtf8(body);
		JsonBody described = parameter.getParameterAnnotation(JsonBody.class);
		JavaType type = this.json.constructType((described != null) ? described.value() : targetType);
		List<Violation> violations = violations(body, type);
		if (!violations.isEmpty()) {
			throw InvalidRequestException.badRequest(violations);
		}
		return new BufferedMessage(message.getHeaders(), new ByteArrayInputStream(body));
	}

	/** Malformed JSON is left to the converter, which reports line and column. */
	private List<Violation> violations(byte[] body, JavaType type) throws IOException {
		try {
			JsonNode tree = this.json.readTree(body);
			if (tree == null) {
				return List.of();
			}
			List<Violation> unstorable = JsonText.unstorable(tree);
			return (unstorable.isEmpty() && !JsonNode.class.isAssignableFrom(type.getRawClass()))
					? UnknownFields.of(this.json, tree, type) : unstorable;
		}
		catch (JsonProcessingException malformed) {
			return List.of();
		}
	}

	private record BufferedMessage(HttpHeaders headers, InputStream body) implements HttpInputMessage {

		@Override
		public HttpHeaders getHeaders() {
			return this.headers;
		}

		@Override
		public InputStream getBody() {
			return this.body;
		}

	}

}
