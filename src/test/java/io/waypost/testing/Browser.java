package io.waypost.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A browser session: signs in with the form and keeps the cookies. */
public final class Browser {

	private final HttpClient http = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

	private final String base;

	private Browser(String base) {
		this.base = base;
	}

	/**
	 * Signs in.
	 * @param base URL of the running application, without a path
	 * @param user name of a {@link TestTenant#user}
	 * @return the signed-in browser
	 */
	public static Browser signIn(String base, String user) {
		return signIn(base, user, TestTenant.PASSWORD);
	}

	/**
	 * Signs in.
	 * @param base URL of the running application, without a path
	 * @param user name of the user
	 * @param password password of the user
	 * @return the signed-in browser
	 */
	public static Browser signIn(String base, String user, String password) {
		Browser browser = new Browser(base);
		String token = token(browser.get("/login").body());
		HttpResponse<String> answer = browser.send(HttpRequest.newBuilder(URI.create(base + "/login"))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers
				.ofString("username=%s&password=%s&_csrf=%s".formatted(user, password, token)))
			.build());
		if (answer.headers().firstValue("Location").filter((to) -> !to.contains("error")).isEmpty()) {
			throw new IllegalStateException("Sign-in of %s answered %d".formatted(user, answer.statusCode()));
		}
		return browser;
	}

	/**
	 * Opens a page.
	 * @param path path with a leading slash
	 * @return the response; redirects are not followed
	 */
	public HttpResponse<String> get(String path) {
		return send(HttpRequest.newBuilder(URI.create(this.base + path)).build());
	}

	/**
	 * Opens a page with an Accept header.
	 * @param path path with a leading slash
	 * @param accept accepted media types
	 * @return the response; redirects are not followed
	 */
	public HttpResponse<String> get(String path, String accept) {
		return send(HttpRequest.newBuilder(URI.create(this.base + path)).header("Accept", accept).build());
	}

	/**
	 * Submits a form of the console.
	 * @param path path with a leading slash
	 * @param fields names and values alternately; a name may be repeated
	 * @return the response; redirects are not followed
	 */
	public HttpResponse<String> post(String path, String... fields) {
		return send(form(path, fields).build());
	}

	/**
	 * Submits a form in the background, as htmx does for a part of a page.
	 * @param path path with a leading slash
	 * @param fields names and values alternately; a name may be repeated
	 * @return the response; redirects are not followed
	 */
	public HttpResponse<String> swap(String path, String... fields) {
		return send(form(path, fields).header("HX-Request", "true").build());
	}

	private HttpRequest.Builder form(String path, String... fields) {
		StringBuilder form = new StringBuilder("_csrf=").append(token(get("/profiles").body()));
		for (int field = 0; field < fields.length; field += 2) {
			form.append('&').append(fields[field]).append('=').append(URLEncoder.encode(fields[field + 1], UTF_8));
		}
		return HttpRequest.newBuilder(URI.create(this.base + path))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.header("Accept", "text/html")
			.POST(HttpRequest.BodyPublishers.ofString(form.toString()));
	}

	private static String token(String page) {
		return page.replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]+)\".*", "$1");
	}

	private HttpResponse<String> send(HttpRequest request) {
		try {
			return this.http.send(request, HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
