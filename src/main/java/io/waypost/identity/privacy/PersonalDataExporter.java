package io.waypost.identity.privacy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.waypost.identity.PersonalRecords;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;

import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Exports all data of a person (GDPR, articles 15 and 20) from one database snapshot, one
 * array per {@link PersonalRecords}. The output is streamed, so memory does not grow with
 * its length.
 */
@Component
class PersonalDataExporter {

	private final List<PersonalRecords> sections;

	private final ObjectMapper json;

	private final Ledger ledger;

	private final TransactionTemplate snapshot;

	private final Clock clock;

	PersonalDataExporter(List<PersonalRecords> sections, ObjectMapper json, Ledger ledger,
			PlatformTransactionManager transactions, Clock clock) {
		this.sections = sections;
		this.json = json.copy().disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE);
		this.ledger = ledger;
		this.snapshot = new TransactionTemplate(transactions);
		this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
		this.snapshot.setReadOnly(true);
		this.clock = clock;
	}

	/**
	 * Writes an export and records it in the ledger.
	 * @param tenant the tenant
	 * @param actor who requested it
	 * @param profile the profile, after all merges
	 * @param out receives the JSON; is not closed
	 */
	void write(TenantId tenant, String actor, ProfileId profile, OutputStream out) {
		Instant now = this.clock.instant();
		this.ledger
			.record(List.of(new LedgerEntry(tenant, now, "profile.exported", "profile:" + profile, actor, Map.of())));
		this.snapshot.executeWithoutResult((status) -> {
			try (JsonGenerator generator = this.json.createGenerator(out)
				.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
				generator.writeStartObject();
				generator.writePOJOField("exportedAt", now);
				for (PersonalRecords section : this.sections) {
					generator.writeArrayFieldStart(section.section());
					section.read(tenant, profile, (one) -> write(generator, one));
					generator.writeEndArray();
				}
				generator.writeEndObject();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

	private static void write(JsonGenerator generator, Object one) {
		try {
			generator.writePOJO(one);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
