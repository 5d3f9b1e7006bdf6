package io.waypost.access.idempotency;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import io.waypost.access.Caller;
import io.waypost.access.IdempotencyKey;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.NothingStored;
import io.waypost.access.idempotency.IdempotentRequests.Answer;
import io.waypost.kernel.Fingerprint;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.util.WebUtils;

/**
 * Answers repeated requests of the management API with the stored response. Runs after
 * the limit of rates and the check of rights, so a caller who lost a right gets no stored
 * response either.
 */
class IdempotencyInterceptor implements HandlerInterceptor {

	/** Response header of a stored response. */
	static final String REPLAYED = "Idempotent-Replayed";

	private static final Pattern KEY = Pattern.compile("[!-~]{1,200}");

	private final Supplier<IdempotentRequests> requests;

	IdempotencyInterceptor(Supplier<IdempotentRequests> requests) {
		this.requests = requests;
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
			throws IOException {
		BufferedBodyRequest buffered = WebUtils.getNativeRequest(request, BufferedBodyRequest.class);
		Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		if (buffered == null || !(handler instanceof HandlerMethod operation) || authentication == null
				|| !(authentication.getPrincipal() instanceof Caller caller)) {
			return true;
		}
		String key = key(request);
		KeyedRequest keyed = KeyedRequest.of(caller.tenant(), identity(caller, request), RequestRoute.of(request), key,
				RequestRoute.query(request), buffered.body());
		return switch (this.requests.get().begin(keyed, key)) {
			case Answer.CarryOut(KeyClaim.Granted claim) -> {
				buffered.claimed(claim, !operation.hasMethodAnnotation(NothingStored.class));
				request.setAttribute(IdempotencyKey.REQUEST_ID, claim.request());
				yield true;
			}
			case Answer.Replay(StoredAnswer answer) -> {
				replay(answer, response);
				yield false;
			}
		};
	}

	/**
	 * A token is known by its value and a user by the id of the account: a new one may
	 * have the name of a deleted one, and must not get its responses.
	 */
	private String identity(Caller caller, HttpServletRequest request) {
		String credential = Objects.requireNonNullElse(request.getHeader(HttpHeaders.AUTHORIZATION), "");
		return caller.isUser() ? this.requests.get().account(caller).toString()
				: caller.name() + ' ' + Fingerprint.ofText(credential.substring(credential.indexOf(' ') + 1)).hex();
	}

	private static String key(HttpServletRequest request) {
		List<String> keys = Collections.list(request.getHeaders(IdempotencyKey.HEADER));
		if (keys.size() != 1 || !KEY.matcher(keys.getFirst()).matches()) {
			throw InvalidRequestException.badRequest(IdempotencyKey.HEADER,
					"must be sent once, with 1 to 200 visible ASCII characters such as a UUID; here are %d values of %d characters"
						.formatted(keys.size(), keys.stream().mapToInt(String::length).sum()));
		}
		return keys.getFirst();
	}

	private static void replay(StoredAnswer answer, HttpServletResponse response) throws IOException {
		response.setStatus(answer.status());
		response.setHeader(REPLAYED, "true");
		if (!answer.contentType().isEmpty()) {
			response.setContentType(answer.contentType());
		}
		if (!answer.location().isEmpty()) {
			response.setHeader(HttpHeaders.LOCATION, answer.location());
		}
		response.getOutputStream().write(answer.body());
	}

}
