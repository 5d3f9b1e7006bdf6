package io.waypost.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import io.waypost.content.RenderedEmail;
import io.waypost.delivery.esp.OutboundEmail;
import io.waypost.identity.Person;
import io.waypost.kernel.EmailAddress;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The words of sends, rendered anew: nothing rendered is ever stored outside the
 * provider, only its hash, which tells whether the words are still the same.
 */
@Component
public class SendContents {

	private static final EmailAddress NOBODY = new EmailAddress("recipient@address.invalid");

	private final JdbcClient jdbc;

	private final Seams.AddressBook addresses;

	private final Seams.Brands brands;

	private final Composer composer;

	private final Json json;

	SendContents(JdbcClient jdbc, Seams.AddressBook addresses, Seams.Brands brands, Composer composer, Json json) {
		this.jdbc = jdbc;
		this.addresses = addresses;
		this.brands = brands;
		this.composer = composer;
		this.json = json;
	}

	/**
	 * Renders a send as its recipient gets it, open pixel and signed links included.
	 * @param tenant whose
	 * @param id which
	 * @return the message, empty when there is no such send or it has no words yet
	 */
	public Optional<SentContent> find(TenantId tenant, SendId id) {
		return stored(tenant, id).map((stored) -> {
			Person person = person(stored.words());
			EmailAddress address = (person.email() == null) ? NOBODY : person.email();
			OutboundEmail email = this.composer.compose(stored.words(), address, person, this.brands.require(tenant));
			Boolean asSent = (stored.contentHash() == null) ? null : stored.contentHash().equals(email.contentHash());
			return new SentContent(email.fromName() + " <" + email.from().value() + ">", address.value(),
					email.subject(), email.html(), email.text(), email.headers(), asSent);
		});
	}

	/**
	 * Renders a send for people in the house: plain links, no open pixel, so that looking
	 * at it is not taken for the recipient's doing.
	 * @param tenant whose
	 * @param id which
	 * @return the parts, empty when there is no such send or it has no words yet
	 */
	public Optional<RenderedEmail> findPreview(TenantId tenant, SendId id) {
		return stored(tenant, id).map(
				(stored) -> this.composer.preview(stored.words(), person(stored.words()), this.brands.require(tenant)));
	}

	private Person person(Composer.Words words) {
		Person erased = new Person(null, null, null, null, null);
		return this.addresses.open(words.tenant(), List.of(words.profile())).getOrDefault(words.profile(), erased);
	}

	private Optional<Stored> stored(TenantId tenant, SendId id) {
		return this.jdbc
			.sql("""
					select s.profile_id, s.journey, s.topic, s.content_hash, case when s.draft is null then c.id end as content, %s
					from delivery.send s %s
					where s.tenant_id = :tenant and s.id = :id and coalesce(s.draft, c.draft) is not null
					"""
				.formatted(SendRows.WORDS, SendRows.CONTENT))
			.param("tenant", tenant.value())
			.param("id", id.value())
			.query((row, number) -> stored(tenant, id, row))
			.optional();
	}

	private Stored stored(TenantId tenant, SendId id, ResultSet row) throws SQLException {
		Composer.Words words = new Composer.Words(tenant, id, new ProfileId(SendRows.uuid(row, "profile_id")),
				row.getString("journey"), row.getString("topic"),
				Objects.requireNonNull(this.json.readDraft(row.getString("draft"))), SendRows.texts(row, "links"),
				row.getObject("content", UUID.class));
		return new Stored(words, row.getString("content_hash"));
	}

	private record Stored(Composer.Words words, @Nullable String contentHash) {

	}

}
