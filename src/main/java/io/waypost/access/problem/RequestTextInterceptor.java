package io.waypost.access.problem;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.waypost.access.InvalidRequestException;
import io.waypost.access.JsonText;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Refuses parameters that PostgreSQL cannot store (400) and, for the management API,
 * content types that name another encoding than UTF-8 (415). Runs after the check of
 * rights. The event API and the webhooks read their body themselves; reading parameters
 * would consume it.
 */
@Component
class RequestTextInterceptor implements HandlerInterceptor, WebMvcConfigurer {

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(this)
			.addPathPatterns("/**")
			.excludePathPatterns("/v1/**", "/webhooks/**")
			.order(Ordered.LOWEST_PRECEDENCE - 1);
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		if (request.getRequestURI().startsWith("/api/")) {
			requireUtf8(request.getContentType());
		}
		for (Map.Entry<String, String[]> parameter : request.getParameterMap().entrySet()) {
			for (String text : parameter.getValue()) {
				requireStorable(parameter.getKey(), text);
			}
		}
		return true;
	}

	private static void requireStorable(String name, @Nullable String text) {
		if (text != null && !JsonText.isStorable(text)) {
			throw InvalidRequestException.badRequest("?" + name, JsonText.problem(text));
		}
	}

	private static void requireUtf8(@Nullable String contentType) {
		if (contentType == null || contentType.isEmpty()) {
			return;
		}
		MediaType type = parse(contentType);
		boolean concrete = type.isConcrete();
		if (!concrete || (type.getCharset() != null && !StandardCharsets.UTF_8.equals(type.getCharset()))) {
			throw unsupported(contentType);
		}
	}

	private static MediaType parse(String contentType) {
		try {
			return MediaType.parseMediaType(contentType);
		}
		catch (InvalidMediaTypeException unreadable) {
			throw unsupported(contentType);
		}
	}

	private static InvalidRequestException unsupported(String contentType) {
		return new InvalidRequestException(HttpStatus.UNSUPPORTED_MEDIA_TYPE,
				"Content-Type '%s' is not supported; send application/json in UTF-8".formatted(contentType), List.of());
	}

}
