package io.waypost.delivery.tracking;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

import io.waypost.delivery.store.SendRowMapper;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Creates and verifies the signed links in messages. A token is {@code
 * keyId.tenant.send.index.signature}. The signature covers the purpose, so a token of the
 * open pixel cannot unsubscribe. The token does not contain the target URL, so there is
 * no open redirect: the URL of a click is read from the send.
 */
@Component
public class TrackingLinks {

	private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

	private static final int MAX_TOKEN_LENGTH = 160;

	private final LinkSigningKeys keys;

	private final JdbcClient jdbc;

	public TrackingLinks(LinkSigningKeys keys, JdbcClient jdbc) {
		this.keys = keys;
		this.jdbc = jdbc;
	}

	/** Purposes of links. */
	public enum Purpose {

		/** The open pixel. */
		OPEN("/t/o/"),

		/** A click on one of the message's links. */
		CLICK("/t/c/"),

		/** One-click unsubscribe and preference page. */
		UNSUBSCRIBE("/u/");

		private final String path;

		Purpose(String path) {
			this.path = path;
		}

	}

	/**
	 * Creates an absolute URL.
	 * @param purpose purpose of the link
	 * @param target message and link
	 * @return the URL to insert into the message
	 */
	public String createUrl(Purpose purpose, LinkTarget target) {
		return this.keys.publicUrl() + purpose.path + token(this.keys.current(), purpose, target);
	}

	/**
	 * Verifies a token in constant time.
	 * @param purpose purpose for which it is used
	 * @param token last part of the path
	 * @return message and link, empty when the token was not signed for this purpose
	 */
	public Optional<LinkTarget> verify(Purpose purpose, String token) {
		String[] parts = (token.length() <= MAX_TOKEN_LENGTH) ? token.split("\\.", -1) : new String[0];
		return (parts.length == 5) ? verify(purpose, token, parts) : Optional.empty();
	}

	private Optional<LinkTarget> verify(Purpose purpose, String token, String[] parts) {
		try {
			ByteBuffer id = ByteBuffer.wrap(Base64.getUrlDecoder().decode(parts[2]));
			LinkTarget target = new LinkTarget(new TenantId(parts[1]), new SendId(new UUID(id.getLong(), id.getLong())),
					Integer.parseInt(parts[3]));
			// Compares the whole token, so that another encoding of the same bytes is
			// refused too
			return this.keys.find(parts[0])
				.map((key) -> token(key, purpose, target))
				.filter((expected) -> MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8),
						token.getBytes(StandardCharsets.UTF_8)))
				.map((expected) -> target);
		}
		catch (IllegalArgumentException | BufferUnderflowException malformed) {
			return Optional.empty();
		}
	}

	/**
	 * Finds the URL to which a click is redirected.
	 * @param target a verified link
	 * @return the stored URL
	 */
	public Optional<String> findTargetUrl(LinkTarget target) {
		return this.jdbc.sql("""
				select (case when s.draft is null then coalesce(c.links, s.links) else s.links end)[:index]
				from delivery.send s %s where s.tenant_id = :tenant and s.id = :id
				""".formatted(SendRowMapper.JOIN_CONTENT))
			.param("index", target.index() + 1)
			.param("tenant", target.tenant().value())
			.param("id", target.send().value())
			.query(String.class)
			.list()
			.stream()
			.filter((url) -> url != null)
			.findFirst();
	}

	private static String token(LinkSigningKeys.SigningKey key, Purpose purpose, LinkTarget target) {
		UUID id = target.send().value();
		byte[] bytes = ByteBuffer.allocate(16)
			.putLong(id.getMostSignificantBits())
			.putLong(id.getLeastSignificantBits())
			.array();
		String claim = key.id() + '.' + target.tenant().value() + '.' + ENCODER.encodeToString(bytes) + '.'
				+ target.index();
		return claim + "." + ENCODER.encodeToString(key.sign(purpose.name() + "." + claim));
	}

}
