package io.waypost.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import io.waypost.content.RenderedEmail;
import io.waypost.delivery.dispatch.DispatchPorts;
import io.waypost.delivery.dispatch.EmailComposer;
import io.waypost.delivery.esp.OutboundEmail;
import io.waypost.delivery.store.DeliveryJson;
import io.waypost.delivery.store.SendRowMapper;
import io.waypost.identity.ContactDetails;
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
public class SentContentRenderer {

	private static final EmailAddress NOBODY = new EmailAddress("recipient@address.invalid");

	private final JdbcClient jdbc;

	private final DispatchPorts.AddressBook addresses;

	private final DispatchPorts.BrandKitSource brands;

	private final EmailComposer composer;

	private final DeliveryJson json;

	SentContentRenderer(JdbcClient jdbc, DispatchPorts.AddressBook addresses, DispatchPorts.BrandKitSource brands,
			EmailComposer composer, DeliveryJson json) {
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
	public Optional<SentContent> render(TenantId tenant, SendId id) {
		return stored(tenant, id).map((stored) -> {
			ContactDetails person = person(stored.words());
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
	public Optional<RenderedEmail> renderPreview(TenantId tenant, SendId id) {
		return stored(tenant, id).map(
				(stored) -> this.composer.preview(stored.words(), person(stored.words()), this.brands.require(tenant)));
	}

	private ContactDetails person(EmailComposer.MessageSource words) {
		ContactDetails erased = new ContactDetails(null, null, null, null, null);
		return this.addresses.open(words.tenant(), List.of(words.profile())).getOrDefault(words.profile(), erased);
	}

	private Optional<Stored> stored(TenantId tenant, SendId id) {
		return this.jdbc
			.sql("""
					select s.profile_id, s.journey, s.topic, s.content_hash, case when s.draft is null then c.id end as content, %s
					from delivery.send s %s
					where s.tenant_id = :tenant and s.id = :id and coalesce(s.draft, c.draft) is not null
					"""
				.formatted(SendRowMapper.CONTENT_COLUMNS, SendRowMapper.JOIN_CONTENT))
			.param("tenant", tenant.value())
			.param("id", id.value())
			.query((row, number) -> stored(tenant, id, row))
			.optional();
	}

	private Stored stored(TenantId tenant, SendId id, ResultSet row) throws SQLException {
		EmailComposer.MessageSource words = new EmailComposer.MessageSource(tenant, id,
				new ProfileId(SendRowMapper.uuid(row, "profile_id")), row.getString("journey"), row.getString("topic"),
				Objects.requireNonNull(this.json.readDraft(row.getString("draft"))), SendRowMapper.texts(row, "links"),
				row.getObject("content", UUID.class));
		return new Stored(words, row.getString("content_hash"));
	}

	private record Stored(EmailComposer.MessageSource words, @Nullable String contentHash) {

	}

}
