package io.waypost.access.problem;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.InvalidRequestException.Violation;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.MethodParameter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Refuses a body with content for operations of the management API that take none: 400,
 * with a JSON pointer to each field. Without it the {@code schedule} in the body of a
 * launch is dropped, and the campaign goes out at once. An empty body and {@code {}} are
 * accepted. Runs after all other interceptors, so after the check of rights.
 */
@Component
class UnexpectedBodyInterceptor implements HandlerInterceptor, WebMvcConfigurer {

	private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");

	private static final List<Class<?>> BODY_TYPES = List.of(HttpEntity.class, InputStream.class, Reader.class,
			ServletRequest.class, MultipartFile.class);

	private static final int MAX_BYTES = 32_768;

	private final ObjectMapper json;

	UnexpectedBodyInterceptor(ObjectMapper json) {
		this.json = json;
	}

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(this).addPathPatterns("/api/v1/**").order(Ordered.LOWEST_PRECEDENCE);
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
			throws IOException {
		if (WRITES.contains(request.getMethod()) && handler instanceof HandlerMethod method
				&& Stream.of(method.getMethodParameters()).noneMatch(UnexpectedBodyInterceptor::readsBody)) {
			List<Violation> violations = violations(request.getInputStream().readNBytes(MAX_BYTES));
			if (!violations.isEmpty()) {
				throw InvalidRequestException.badRequest(violations);
			}
		}
		return true;
	}

	private static boolean readsBody(MethodParameter parameter) {
		return parameter.hasParameterAnnotation(RequestBody.class)
				|| parameter.hasParameterAnnotation(RequestPart.class)
				|| BODY_TYPES.stream().anyMatch((type) -> type.isAssignableFrom(parameter.getParameterType()));
	}

	private List<Violation> violations(byte[] body) throws IOException {
		if (new String(body, StandardCharsets.UTF_8).isBlank()) {
			return List.of();
		}
		try {
			JsonNode tree = this.json.readTree(body);
			if (tree.isObject()) {
				return tree.properties()
					.stream()
					.map((field) -> new Violation(UnknownFields.child("", field),
							"is not a known field; this operation takes no body"))
					.toList();
			}
		}
		catch (JsonProcessingException malformed) {
			// refused below
		}
		return List.of(new Violation("", "This operation takes no body; send an empty one"));
	}

}
