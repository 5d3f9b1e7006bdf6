package io.waypost.agent.pii;

import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PersonalDataDetectorTests {

	private final PersonalDataDetector detector = new PersonalDataDetector();

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"EMAIL_ADDRESS | write to ada.lovelace+x@mail.example | ada.lovelace+x@mail.example",
			"EMAIL_ADDRESS | \"ada lovelace\"@mail.example wrote | \"ada lovelace\"@mail.example",
			"EMAIL_ADDRESS | ask jörg@müller.example | jörg@müller.example",
			"EMAIL_ADDRESS | at ada@[203.0.113.9] | ada@[203.0.113.9]",
			"EMAIL_ADDRESS | You are ada_l (at) webpost (dot) org | ada_l (at) webpost (dot) org",
			"EMAIL_ADDRESS | Write to ada dot l at example dot com | ada dot l at example dot com",
			"IBAN_CODE | gb82 west 1234 5698 7654 32 is it | gb82 west 1234 5698 7654 32",
			"IBAN_CODE | it is DE89-3704-0044-0532-0130-00. | DE89-3704-0044-0532-0130-00",
			"CREDIT_CARD | card 6759 6498 2643 8453 | 6759 6498 2643 8453",
			"IP_ADDRESS | from 2001:db8::8a2e:192.0.2.1 | 2001:db8::8a2e:192.0.2.1", "IP_ADDRESS | only ::1 | ::1",
			"IP_ADDRESS | net 10.0.0.0/8. | 10.0.0.0/8", "MAC_ADDRESS | MAC 00:1A:2B:3C:4D:5E | 00:1A:2B:3C:4D:5E",
			"PHONE_NUMBER | call (0113) 496 0782 | (0113) 496 0782",
			"PHONE_NUMBER | They do not answer at (022) 154-300x12 | (022) 154-300x12",
			"PHONE_NUMBER | Sie erreichen uns unter 0171 2345678. | 0171 2345678",
			"PHONE_NUMBER | appelez le 06 12 34 56 78 | 06 12 34 56 78",
			"PHONE_NUMBER | since +44 7700 900123 | +44 7700 900123", "US_SSN | SSN 536-32-3065 | 536-32-3065",
			"US_ITIN | tax id 912-78-1234 | 912-78-1234",
			"US_DRIVER_LICENSE | my driver's license is A1234567 | A1234567",
			"US_PASSPORT | passport no 912803456 | 912803456",
			"US_BANK_NUMBER | bank account number 945456787654 | 945456787654",
			"ABA_ROUTING_NUMBER | routing number 121042882 | 121042882", "UK_NHS | NHS 943 476 5919 | 943 476 5919",
			"UK_NINO | her nino is AB 12 34 56 C | AB 12 34 56 C", "UK_POSTCODE | address SW1A 1AA | SW1A 1AA",
			"CRYPTO | pay bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq | bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
			"URL | see https://shop.example/a?b=c. | https://shop.example/a?b=c",
			"DATE_TIME | born on 12 March 1984 | 12 March 1984", "DATE_TIME | né le 3.5.1979 | 3.5.1979" })
	void findsStructuredValues(PersonalDataType type, String text, String value) {
		assertThat(this.detector.find(text, Locale.ENGLISH)).anySatisfy((entity) -> {
			assertThat(entity.type()).isEqualTo(type);
			assertThat(text.substring(entity.start(), entity.end())).isEqualTo(value);
			assertThat(entity.score()).isBetween(0.5, 1.0);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "Order 4111 1111 1111 1112 again", "GB82 WEST 1234 5698 7654 33", "Version 12.34.56",
			"Ratio 1:2:3:4 at 12:34:56", "1 250 000 visitors", "From €1,249.00 to €1,349.00",
			"meet at noon. We come at dusk", "SSN 000-12-3456 and 666-12-3456", "Item 7-1234 in size 38-40",
			"On 2026-12-24 and on 24/12/2026", "20 % off until 6.12.2026", "abc:def:ghi::xyz" })
	void findsNoIdentifiersInOrdinaryTexts(String text) {
		assertThat(this.detector.identifiers(text)).isEmpty();
	}

	@Test
	void findsNamesPlacesAndOrganisations() {
		String text = "My name is Kelly Halvorsen, I work for Solar Networks Inc. and live in Stockholm.";
		List<PersonalDataEntity> found = this.detector.find(text, Locale.ENGLISH);
		assertThat(found).extracting((entity) -> entity.type() + " " + text.substring(entity.start(), entity.end()))
			.contains("PERSON Kelly Halvorsen", "LOCATION Stockholm");
		assertThat(found).extracting(PersonalDataEntity::type).contains(PersonalDataType.ORGANIZATION);
	}

	@Test
	void keepsTheMoreCertainOfTwoOverlappingEntities() {
		String text = "ada@shop.example";
		assertThat(this.detector.find(text, Locale.ENGLISH)).singleElement()
			.isEqualTo(new PersonalDataEntity(PersonalDataType.EMAIL_ADDRESS, 0, text.length(), 1));
	}

	@Test
	void readsLongTextsInLinearTime() {
		String text = "a.b-c@ 1:2 (12) 00 34 ".repeat(2_000);
		long start = System.nanoTime();
		this.detector.identifiers(text);
		assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
	}

}
