package io.waypost.access.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Makes random requests: some valid, most of them wrong in one or a few ways. */
final class RandomRequests {

	private static final JsonMapper WRITER = JsonMapper
		.builder(JsonFactory.builder()
			.streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(100_000).build())
			.build())
		.enable(JsonWriteFeature.ESCAPE_NON_ASCII)
		.build();

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{([\\w-]+)}");

	private static final List<String> TYPES = List.of("text/plain", "application/xml", "text/csv", "*/*",
			"application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json;charset=UTF-16",
			"application/json; charset=ISO-8859-1", "application/json;charset=nope", "application/octet-stream",
			"application/vnd.api+json", "application/problem+json", "nonsense", "application/json;charset=utf-8");

	private static final List<String> ACCEPTED = List.of("*/*", "application/json", "text/html", "text/csv",
			"application/xml", "image/png", "nonsense", "application/json;q=abc", "text/event-stream");

	private static final List<Charset> CHARSETS = List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE,
			StandardCharsets.UTF_16BE, StandardCharsets.ISO_8859_1, Charset.forName("UTF-32"));

	private static final String EVENT = """
			{"userId":"%s","anonymousId":"a1","type":"%s","event":"Order Completed","name":"Home","groupId":"g1",
			"previousId":"p1","messageId":"m%d","timestamp":"2026-11-30T10:00:00Z","sentAt":"2026-11-30T10:00:01Z",
			"traits":{"email":"fuzz@example.com","firstName":"Ada","timezone":"Europe/Vienna","address":{"country":"AT"}},
			"properties":{"order_id":"o1","total":12.5,"currency":"EUR","products":[{"product_id":"kettle","price":1}]},
			"context":{"locale":"en","consent":{"categoryPreferences":{"marketing":true}},"page":{"url":"https://x.example/"}}}""";

	private final Random random;

	private final OddValues odd;

	private final RandomBody bodies;

	private final KnownIds ids;

	RandomRequests(JsonNode document, Random random, KnownIds ids) {
		this.random = random;
		this.ids = ids;
		this.odd = new OddValues(random);
		this.bodies = new RandomBody(document, random, this.odd, ids);
	}

	FuzzRequest next(FuzzTarget target, Map<String, String> credentials) {
		Map<String, String> headers = new LinkedHashMap<>(credentials);
		headers.put("Accept", chance(8) ? this.odd.any(ACCEPTED) : target.isPage() ? "text/html" : "*/*");
		addHeaders(headers);
		byte[] body = body(target, headers);
		return new FuzzRequest(target, path(target) + query(target), headers, body);
	}

	private boolean chance(int oneIn) {
		return this.random.nextInt(oneIn) == 0;
	}

	private void addHeaders(Map<String, String> headers) {
		if (chance(6)) {
			headers.put("Idempotency-Key", ascii(chance(2) ? this.odd.text() : "k" + this.random.nextInt(20)));
		}
		if (chance(10)) {
			headers.put("X-Strict-Mode", chance(2) ? "1" : ascii(this.odd.text()));
		}
		if (chance(10)) {
			headers.put("Accept-Language", ascii(this.odd.text()));
		}
	}

	/** Clients cannot send other characters in headers. */
	private static String ascii(String text) {
		String clean = text.replaceAll("[^ -~]", "?");
		return clean.substring(0, Math.min(300, clean.length()));
	}

	private String path(FuzzTarget target) {
		return PLACEHOLDER.matcher(target.path())
			.replaceAll((placeholder) -> encoded(segment(target, placeholder.group(1))));
	}

	private String segment(FuzzTarget target, String placeholder) {
		if (target.isEventApi() && !chance(30)) {
			return this.odd.any(List.of("track", "identify", "page", "screen", "group", "alias"));
		}
		if (chance(5)) {
			return this.odd.text();
		}
		return placeholder.equals("version") ? Integer.toString(1 + this.random.nextInt(3))
				: this.ids.ofPath(placeholder, this.random);
	}

	private String query(FuzzTarget target) {
		StringBuilder query = new StringBuilder();
		int most = (target.parameters().size() > 8) ? 8 : 2;
		for (String parameter : target.parameters()) {
			if (chance(most)) {
				query.append(query.isEmpty() ? '?' : '&').append(parameter).append('=').append(queryValue(parameter));
			}
		}
		return query.toString();
	}

	private String queryValue(String parameter) {
		if (chance(40)) {
			return this.odd.any(List.of("%00", "%C3%28", "%ED%A0%80", "a%0Ab", ""));
		}
		if (chance(2)) {
			return encoded(this.odd.text());
		}
		return switch (parameter) {
			case "limit" -> Integer.toString(this.random.nextInt(600));
			case "cursor" -> encoded(this.ids.anyOr("nextCursor", "eA"));
			default -> encoded(this.ids.anyOr(parameter, "x"));
		};
	}

	private static String encoded(String text) {
		String cut = text.substring(0, Math.min(2_000, text.length()));
		return URLEncoder.encode(cut, StandardCharsets.UTF_8).replace("+", "%20");
	}

	private byte[] body(FuzzTarget target, Map<String, String> headers) {
		if (target.mediaType().isEmpty() && !target.isEventApi()) {
			return chance(20) ? "{\"x\":null}".getBytes(StandardCharsets.UTF_8) : new byte[0];
		}
		headers.put("Content-Type", target.isEventApi() ? "application/json" : target.mediaType());
		String text = switch (target.mediaType()) {
			case "text/csv" -> csv(target);
			case "application/x-www-form-urlencoded" -> form();
			default -> json(target);
		};
		return spoilt(text, headers);
	}

	private String json(FuzzTarget target) {
		JsonNode body = target.isEventApi() ? event(target) : this.bodies.valid(target);
		for (int changes = this.random.nextInt(4); changes > 0; changes--) {
			body = this.bodies.changed(body);
		}
		try {
			return WRITER.writeValueAsString(body);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private JsonNode event(FuzzTarget target) {
		try {
			String type = this.odd.any(List.of("track", "identify", "page", "alias", "group"));
			JsonNode event = WRITER
				.readTree(EVENT.formatted("fuzz-" + this.random.nextInt(30), type, this.random.nextInt(100_000)));
			if (target.path().contains("{")) {
				return event;
			}
			JsonNode second = event.deepCopy();
			return WRITER.createObjectNode()
				.set("batch",
						WRITER.createArrayNode()
							.add(this.bodies.changed(event))
							.add(chance(2) ? this.bodies.changed(second) : second));
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private String csv(FuzzTarget target) {
		String example = target.example().asText("userId,email\n1,a@b.example\n");
		return chance(3) ? example : example.replace(this.odd.any(List.of(",", "\n", "a", "@")), this.odd.text());
	}

	private String form() {
		StringBuilder form = new StringBuilder();
		for (String name : List.of("topics", "List-Unsubscribe", "marketing", "reason", "all", "topic")) {
			if (chance(2)) {
				form.append(name).append('=').append(encoded(this.odd.text())).append('&');
			}
		}
		return form.toString();
	}

	/** Encodes the body, sometimes wrongly. */
	private byte[] spoilt(String text, Map<String, String> headers) {
		byte[] body = text.getBytes(StandardCharsets.UTF_8);
		if (chance(12)) {
			headers.put("Content-Type", this.odd.any(TYPES));
		}
		return switch (this.random.nextInt(40)) {
			case 0 -> Arrays.copyOf(body, this.random.nextInt(body.length + 1));
			case 1 -> text.getBytes(this.odd.any(CHARSETS));
			case 2 -> withCharset(text, headers);
			case 3 -> zipped(body);
			case 4 -> flipped(body);
			case 5 -> (text + text).getBytes(StandardCharsets.UTF_8);
			case 6 -> new byte[0];
			case 7 -> "[".repeat(1 << this.random.nextInt(12)).getBytes(StandardCharsets.UTF_8);
			default -> body;
		};
	}

	private byte[] withCharset(String text, Map<String, String> headers) {
		Charset charset = this.odd.any(CHARSETS);
		headers.put("Content-Type", headers.get("Content-Type") + ";charset=" + charset.name());
		return text.getBytes(charset);
	}

	private byte[] flipped(byte[] body) {
		if (body.length > 0) {
			body[this.random.nextInt(body.length)] = (byte) this.random.nextInt(256);
		}
		return body;
	}

	private static byte[] zipped(byte[] body) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
			zip.write(body);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

}
