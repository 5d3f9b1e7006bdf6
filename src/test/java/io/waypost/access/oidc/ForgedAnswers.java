package io.waypost.access.oidc;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import no.nav.security.mock.oauth2.http.OAuth2HttpRequest;
import no.nav.security.mock.oauth2.http.OAuth2HttpResponse;
import no.nav.security.mock.oauth2.http.Route;
import okhttp3.Headers;

/** Answers the next token request with a given ID token, instead of the server's own. */
final class ForgedAnswers implements Route {

	private final Queue<String> tokens = new ConcurrentLinkedQueue<>();

	private volatile String lastRequest = "";

	void answer(String token) {
		this.tokens.clear();
		this.tokens.add(token);
	}

	/** Returns the form of the last token request that was answered here. */
	String lastRequest() {
		return this.lastRequest;
	}

	@Override
	public boolean match(OAuth2HttpRequest request) {
		return request.getUrl().encodedPath().endsWith("/token") && !this.tokens.isEmpty();
	}

	@Override
	public OAuth2HttpResponse invoke(OAuth2HttpRequest request) {
		this.lastRequest = String.valueOf(request.getBody());
		return new OAuth2HttpResponse(Headers.of("Content-Type", "application/json"), 200, """
				{"access_token": "unused", "token_type": "Bearer", "expires_in": 3600, "id_token": "%s"}
				""".formatted(this.tokens.poll()), null);
	}

}
