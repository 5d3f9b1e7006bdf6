package io.waypost.agent.claim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.agent.claim.ClaimClassifier.SentenceClaim;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Sentences that are not part of the training data, and the provenance of the model. */
class ClaimClassifierTests {

	private static final Path DESCRIPTION = Path.of("src/main/resources/guard/claims.json");

	private final ClaimClassifier classifier = new ClaimClassifier();

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "en|URGENCY|Order soon, or you may miss out on the last ones.",
					"en|PROMISE|We promise your parcel will be on your doorstep tomorrow.",
					"en|HEALTH|This pillow relieves migraine and improves your sleep.",
					"en|INCOME|Earn hundreds a month from home with our programme.",
					"en|SUPERLATIVE|The finest coffee in Europe, voted number one.",
					"de|URGENCY|Bestell schnell, morgen sind die letzten Stücke weg.",
					"de|PROMISE|Wir garantieren die Lieferung in zwei Tagen.",
					"de|HEALTH|Dieser Tee stärkt die Abwehr und lindert Migräne.",
					"de|INCOME|Verdienen Sie nebenbei tausend Euro im Monat.",
					"de|SUPERLATIVE|Das beste Messer der Welt, unübertroffen scharf.",
					"fr|URGENCY|Commandez vite, il ne reste que quelques pièces.",
					"fr|PROMISE|Nous vous garantissons la livraison en deux jours.",
					"fr|HEALTH|Cette tisane soulage la migraine et renforce vos défenses.",
					"fr|INCOME|Gagnez mille euros par mois depuis chez vous.",
					"fr|SUPERLATIVE|Le meilleur couteau du monde, inégalé." })
	void findsClaimsAndTheirKind(String language, ClaimKind kind, String sentence) {
		assertThat(this.classifier.classify(sentence, language)).isNotNull()
			.extracting(SentenceClaim::kind)
			.isEqualTo(kind);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "en|The kettle holds one litre and has a wooden handle.",
					"en|Two of our readers asked how to clean the filter.", "en|No hurry, the jar keeps until spring.",
					"de|Der Kessel fasst einen Liter und hat einen Griff aus Holz.",
					"de|Zwei Leserinnen fragten, wie man den Filter reinigt.",
					"de|Keine Eile, das Glas hält sich bis zum Frühling.",
					"fr|La bouilloire contient un litre et a une poignée en bois.",
					"fr|Deux lectrices demandaient comment nettoyer le filtre.",
					"fr|Rien ne presse, le bocal se garde jusqu'au printemps.", "en|Guarantee", "en|", "en|1 2 3" })
	void findsNothingInOrdinarySentences(String language, String sentence) {
		assertThat(this.classifier.classify((sentence != null) ? sentence : "", language)).isNull();
	}

	@Test
	void isTheSameInAnyCase() {
		String claim = "We promise your parcel will be on your doorstep tomorrow.";
		assertThat(this.classifier.classify(claim.toUpperCase(Locale.ROOT), "en"))
			.isEqualTo(this.classifier.classify(claim, "en"));
	}

	@Test
	void anUncertainClaimIsBelowTheSecondThreshold() {
		JsonNode thresholds = description().path("thresholds");
		assertThat(thresholds.properties()).hasSize(4)
			.allSatisfy((language) -> assertThat(language.getValue())
				.allSatisfy((column) -> assertThat(column.path("certain").asDouble())
					.isGreaterThanOrEqualTo(column.path("review").asDouble())));
	}

	/** Another language has the highest threshold of the three. */
	@ParameterizedTest
	@ValueSource(strings = { "en", "de", "fr" })
	void isMostCarefulInAnUnknownLanguage(String language) {
		ClaimModel model = ClaimModel.read();
		for (ClaimKind kind : ClaimKind.values()) {
			assertThat(model.thresholds("nl").of(kind).review())
				.isGreaterThanOrEqualTo(model.thresholds(language).of(kind).review());
		}
	}

	/** A change of the training data without a new training fails here. */
	@Test
	void modelIsThatOfTheTrainingData() throws IOException {
		JsonNode description = description();
		assertThat(description.path("model").path("sha256").textValue())
			.isEqualTo(sha256(Path.of("src/main/resources/guard/claims.bin")));
		assertThat(description.path("data")).hasSizeGreaterThan(8);
		for (JsonNode row : description.path("data")) {
			assertThat(sha256(Path.of(row.path("file").textValue()))).as(row.path("file").textValue())
				.isEqualTo(row.path("sha256").textValue());
		}
		try (var files = Files.list(Path.of("src/bench/claims"))) {
			assertThat(files.map((file) -> file.toString().replace('\\', '/')).filter((file) -> !file.endsWith(".md")))
				.allSatisfy((file) -> assertThat(description.path("data").findValuesAsText("file")).contains(file));
		}
	}

	private static JsonNode description() {
		try {
			return new ObjectMapper().readTree(DESCRIPTION.toFile());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String sha256(Path file) throws IOException {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
