package io.waypost.ingestion.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.Source;
import io.waypost.access.WriteKeyRepository;
import io.waypost.ingestion.IngestionSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Authenticates sources by write key and limits their request rate. */
@Component
class SourceAuthenticator {

	private final WriteKeyRepository keys;

	private final IngestionSettings settings;

	private final Map<Source, Bucket> buckets = new ConcurrentHashMap<>();

	SourceAuthenticator(WriteKeyRepository keys, IngestionSettings settings) {
		this.keys = keys;
		this.settings = settings;
	}

	/**
	 * Authenticates a request and counts it.
	 * @param authorization the header: Basic with the key as user name, or Bearer
	 * @param bodyKey {@code writeKey} of the body, or null
	 * @return the source
	 */
	Source authenticate(@Nullable String authorization, @Nullable String bodyKey) {
		String key = writeKey(authorization);
		Source source = this.keys.find((key != null) ? key : String.valueOf(bodyKey))
			.orElseThrow(SourceAuthenticator::unauthorized);
		ConsumptionProbe probe = this.buckets.computeIfAbsent(source, (any) -> bucket())
			.tryConsumeAndReturnRemaining(1);
		if (!probe.isConsumed()) {
			throw tooManyRequests(Duration.ofNanos(probe.getNanosToWaitForRefill()));
		}
		return source;
	}

	private Bucket bucket() {
		return Bucket.builder()
			.addLimit((limit) -> limit.capacity(this.settings.burst())
				.refillGreedy(this.settings.requestsPerSecond(), Duration.ofSeconds(1)))
			.build();
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

	private static InvalidRequestException tooManyRequests(Duration wait) {
		InvalidRequestException problem = new InvalidRequestException(HttpStatus.TOO_MANY_REQUESTS,
				"This write key sends too many requests; put more events into one batch", List.of());
		long seconds = Math.max(1, TimeUnit.NANOSECONDS.toSeconds(wait.toNanos()) + 1);
		problem.getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
		return problem;
	}

}
