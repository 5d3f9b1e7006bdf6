package io.waypost.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.content.BrandKit;
import io.waypost.content.EmailDraft;
import io.waypost.content.RenderedEmail;
import io.waypost.database.JsonColumn;
import io.waypost.delivery.content.MessageSource;
import io.waypost.delivery.dispatch.DispatchPorts;
import io.waypost.delivery.dispatch.EmailComposer;
import io.waypost.delivery.esp.OutboundEmail;
import io.waypost.delivery.store.SendRowMapper;
import io.waypost.identity.ContactDetails;
import io.waypost.identity.IdentifierMask;
import io.waypost.kernel.EmailAddress;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Renders the content of sends. Rendered content is never stored; only its hash is, which
 * shows whether the content is still the same.
 */
@Component
public class SentContentRenderer {

	private static final EmailAddress NO_ADDRESS = new EmailAddress("recipient@address.invalid");

	private final JdbcClient jdbc;

	private final DispatchPorts.AddressBook addressBook;

	private final DispatchPorts.BrandKitSource brands;

	private final EmailComposer composer;

	private final JsonColumn json;

	SentContentRenderer(JdbcClient jdbc, DispatchPorts.AddressBook addressBook, DispatchPorts.BrandKitSource brands,
			EmailComposer composer, JsonColumn json) {
		this.jdbc = jdbc;
		this.addressBook = addressBook;
		this.brands = brands;
		this.composer = composer;
		this.json = json;
	}

	/**
	 * Renders a send as its recipient receives it, including open pixel and signed links.
	 * @param tenant tenant of the send
	 * @param id id of the send
	 * @return the message, empty when there is no such send or it has no content yet
	 */
	public Optional<SentContent> render(TenantId tenant, SendId id) {
		return findSource(tenant, id).map((stored) -> {
			ContactDetails person = person(stored.source());
			EmailAddress address = (person.email() == null) ? NO_ADDRESS : person.email();
			OutboundEmail email = this.composer.compose(stored.source(), address, person, this.brands.require(tenant));
			Boolean asSent = (stored.contentHash() == null) ? null : stored.contentHash().equals(email.contentHash());
			return new SentContent(email.fromName() + " <" + email.from().value() + ">", address.value(),
					email.subject(), email.html(), email.text(), email.headers(), asSent);
		});
	}

	/**
	 * Renders a send as a caller may see it: without the right to read direct identifiers
	 * with a masked name and address, and without the recipient's links.
	 * @param caller who asks
	 * @param id id of the send
	 * @return the message, empty when there is no such send or it has no content yet
	 */
	public Optional<SentContent> render(Caller caller, SendId id) {
		Optional<SentContent> sent = render(caller.tenant(), id);
		if (AccessRight.READ_IDENTIFIERS.isGrantedTo(caller)) {
			return sent;
		}
		return sent.flatMap((original) -> findSource(caller.tenant(), id)
			.map((stored) -> masked(caller, stored.source(), original.asSent())));
	}

	/**
	 * The links are plain, too: with the recipient's own links a caller could answer for
	 * the recipient.
	 */
	private SentContent masked(Caller caller, MessageSource source, @Nullable Boolean asSent) {
		ContactDetails person = IdentifierMask.apply(person(source), caller);
		EmailAddress address = (person.email() == null) ? NO_ADDRESS : person.email();
		BrandKit brand = this.brands.require(source.tenant());
		RenderedEmail email = this.composer.preview(source, person, brand);
		return new SentContent(brand.senderName() + " <" + brand.senderAddress() + ">", address.value(),
				email.subject(), email.html(), email.text(), Map.of("List-Unsubscribe", IdentifierMask.MASK), asSent);
	}

	/**
	 * Renders a send for staff: with plain links and without the open pixel, so that the
	 * preview is not recorded as engagement.
	 * @param caller who asks; the name is masked without the right to read direct
	 * identifiers
	 * @param id id of the send
	 * @return the message, empty when there is no such send or it has no content yet
	 */
	public Optional<RenderedEmail> renderPreview(Caller caller, SendId id) {
		return findSource(caller.tenant(), id).map((stored) -> this.composer.preview(stored.source(),
				IdentifierMask.apply(person(stored.source()), caller), this.brands.require(caller.tenant())));
	}

	private ContactDetails person(MessageSource source) {
		ContactDetails erased = new ContactDetails(null, null, null, null, null);
		return this.addressBook.open(source.tenant(), List.of(source.profile())).getOrDefault(source.profile(), erased);
	}

	private Optional<StoredSource> findSource(TenantId tenant, SendId id) {
		return this.jdbc
			.sql("""
					select s.profile_id, s.journey, s.topic, s.content_hash, case when s.draft is null then c.id end as content, %s
					from delivery.send s %s
					where s.tenant_id = :tenant and s.id = :id and coalesce(s.draft, c.draft) is not null
					"""
				.formatted(SendRowMapper.CONTENT_COLUMNS, SendRowMapper.JOIN_CONTENT))
			.param("tenant", tenant.value())
			.param("id", id.value())
			.query((row, number) -> readSource(tenant, id, row))
			.optional();
	}

	private StoredSource readSource(TenantId tenant, SendId id, ResultSet row) throws SQLException {
		MessageSource source = new MessageSource(tenant, id, new ProfileId(SendRowMapper.uuid(row, "profile_id")),
				row.getString("journey"), row.getString("topic"),
				this.json.read(row.getString("draft"), EmailDraft.class), SendRowMapper.texts(row, "links"),
				row.getObject("content", UUID.class), null);
		return new StoredSource(source, row.getString("content_hash"));
	}

	private record StoredSource(MessageSource source, @Nullable String contentHash) {

	}

}
