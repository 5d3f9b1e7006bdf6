package io.waypost.ingestion.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

import io.waypost.access.InvalidRequestException;
import io.waypost.access.Source;
import io.waypost.access.WriteKeyRepository;
import io.waypost.access.limit.RequestLimiter;
import io.waypost.access.limit.RequestRate;
import io.waypost.ingestion.IngestionSettings;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Authenticates sources by write key and limits the request rates of them and their
 * tenant.
 */
@Component
class SourceAuthenticator {

	private final WriteKeyRepository keys;

	private final RequestLimiter limiter;

	private final RequestRate rate;

	SourceAuthenticator(WriteKeyRepository keys, RequestLimiter limiter, IngestionSettings settings) {
		this.keys = keys;
		this.limiter = limiter;
		this.rate = new RequestRate(settings.requestsPerSecond(), settings.burst());
	}

	/**
	 * Authenticates a request and counts it.
	 * @param authorization the header: Basic with the key as user name, or Bearer
	 * @param bodyKey {@code writeKey} of the body, or null
	 * @param response receives the headers that describe the rates
	 * @return the source
	 * @throws InvalidRequestException a 401 for an unknown key, a 429 over a rate
	 */
	Source authenticate(@Nullable String authorization, @Nullable String bodyKey, HttpServletResponse response) {
		String key = writeKey(authorization);
		Source source = this.keys.find((key != null) ? key : String.valueOf(bodyKey))
			.orElseThrow(SourceAuthenticator::unauthorized);
		this.limiter.countEvents(source.tenant(), source.name(), this.rate, response);
		return source;
	}

	private static @Nullable String writeKey(@Nullable String authorization) {
		String header = (authorization != null) ? authorization.strip() : "";
		String scheme = header.toLowerCase(Locale.ROOT);
		if (scheme.startsWith("bearer ")) {
			return header.substring(7).strip();
		}
		return scheme.startsWith("basic ") ? userName(header.substring(6).strip()) : null;
	}

	private static String userName(String credentials) {
		try {
			String decoded = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
			int colon = decoded.indexOf(':');
			return (colon >= 0) ? decoded.substring(0, colon) : decoded;
		}
		catch (IllegalArgumentException notBase64) {
			throw unauthorized();
		}
	}

	private static InvalidRequestException unauthorized() {
		InvalidRequestException problem = new InvalidRequestException(HttpStatus.UNAUTHORIZED,
				"No source has this write key. Send it as user name of Basic authorization, as Bearer token, "
						+ "or as writeKey in the body",
				List.of());
		problem.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"write key\"");
		return problem;
	}

}
