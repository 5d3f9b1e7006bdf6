package io.waypost.ingestion.csv;

import java.io.IOException;
import java.io.StringReader;
import java.time.Clock;
import java.util.List;

import io.waypost.access.InvalidRequestException;
import io.waypost.identity.ContactDetails;
import io.waypost.identity.Identifier;
import io.waypost.ingestion.Event;
import io.waypost.ingestion.TestIngestion;
import io.waypost.kernel.ProfileId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The import of profiles: every row is accepted, or rejected with a reason. */
class ProfileImporterIntegrationTests {

	private final TestIngestion ingestion = new TestIngestion(Clock.systemUTC());

	private final ProfileImporter people = new ProfileImporter(this.ingestion.reader, this.ingestion.ingestor,
			this.ingestion.ids, this.ingestion.clock);

	@Test
	void storesPeopleAndTheirConsents() throws IOException {
		ProfileImportReport report = read("""
				userId,email,firstName,lastName,phone,country,locale,timezone,consent.offers
				p1,anna@example.com,Anna,"Ng, Dr.",+44 1,United Kingdom,en-GB,Europe/London,yes
				p2,,,,,,,,
				""");
		assertThat(report.getRejections()).isEmpty();
		assertThat(report.getAccepted()).isEqualTo(2);
		ProfileId anna = profile("p1");
		ContactDetails person = this.ingestion.identity.vault().open(this.ingestion.tenant, List.of(anna)).get(anna);
		assertThat(person.lastName()).isEqualTo("Ng, Dr.");
		assertThat(this.ingestion.identity.profiles().read(this.ingestion.tenant, List.of(anna)).get(anna).country())
			.isEqualTo("GB");
		Event event = this.ingestion.log.of(this.ingestion.tenant, anna, 10, null).items().getFirst();
		assertThat(event.context().at("/consent/categoryPreferences/offers").asBoolean()).isTrue();
	}

	@Test
	void reportsEveryRejectedRow() throws IOException {
		ProfileImportReport report = read("""
				userId,email,consent.offers
				a,a@example.com,true
				,b@example.com,true
				c,not an address,true
				d,d@example.com,perhaps
				e,e@example.com
				f,f@example.com,no
				""");
		assertThat(report.getRows()).isEqualTo(6);
		assertThat(report.getAccepted() + report.getRejected()).isEqualTo(report.getRows());
		assertThat(report.getRejections()).extracting(ProfileImportReport.Rejection::line)
			.containsExactly(3L, 4L, 5L, 6L);
		assertThat(report.getRejections()).extracting(ProfileImportReport.Rejection::column)
			.containsExactly("userId", "email", "consent.offers", "");
		assertThat(report.getRejections().toString()).doesNotContain("not an address");
	}

	@Test
	void importsMoreRowsThanFitIntoOneBatch() throws IOException {
		StringBuilder csv = new StringBuilder("userId,email\n");
		for (int i = 0; i < ProfileImporter.BATCH_SIZE + 7; i++) {
			csv.append("many").append(i).append(",many").append(i).append("@example.com\n");
		}
		assertThat(read(csv.toString()).getAccepted()).isEqualTo(ProfileImporter.BATCH_SIZE + 7);
		assertThat(profile("many506")).isNotNull();
	}

	@Test
	void keepsRowsBeforeAnUnclosedQuote() throws IOException {
		ProfileImportReport report = read("userId,email\na,a@example.com\nb,\"b@exam");
		assertThat(report.getAccepted()).isEqualTo(1);
		assertThat(report.getRejected()).isEqualTo(1);
		assertThat(report.getRows()).isEqualTo(2);
		assertThat(report.getRejections().getFirst().line()).isEqualTo(3);
		assertThat(report.getRejections().getFirst().reason()).startsWith("The file cannot be parsed from here on");
	}

	@Test
	void rejectsUnusableValues() throws IOException {
		ProfileImportReport report = read("""
				userId,country,locale,timezone
				g1,Atlantis,,
				g2,,not a tag,
				g3,,,Mars/Olympus
				g4,de,de_DE,Europe/Berlin
				""");
		assertThat(report.getAccepted()).isEqualTo(1);
		assertThat(report.getRejections()).extracting(ProfileImportReport.Rejection::column)
			.containsExactly("country", "locale", "timezone");
		assertThat(report.getRejections().toString()).doesNotContain("Atlantis", "Mars");
	}

	@Test
	void acceptsAFileWithAByteOrderMark() throws IOException {
		assertThat(read("\uFEFFuserId,firstName\r\nsheet,Zoë\r\n").getAccepted()).isEqualTo(1);
		assertThat(profile("sheet")).isNotNull();
	}

	@Test
	void rejectsUnknownColumns() {
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> read("userId,shoeSize\na,42\n"))
			.withMessageContaining("shoeSize");
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> read("email\na@example.com\n"))
			.withMessageContaining("userId");
	}

	private ProfileImportReport read(String csv) throws IOException {
		return this.people.importProfiles(this.ingestion.tenant, new StringReader(csv));
	}

	private ProfileId profile(String userId) {
		return this.ingestion.identity.profiles()
			.find(this.ingestion.tenant, new Identifier(Identifier.Type.USER_ID, userId))
			.orElseThrow();
	}

}
