package io.waypost.agent.embed;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SentenceEmbeddingTests {

	private final SentenceEmbedding embedding = SentenceEmbedding.shared();

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					en | A pan that browns your onions evenly | Cast iron skillets for the stove | The judge adjourned the trial
					en | Our new raincoats keep you dry | A jacket for wet days | The enzyme splits the molecule
					en | Sow beans in warm soil | Seeds for the vegetable bed | Install the printer driver
					de | Eine Pfanne für goldbraune Zwiebeln | Bratpfannen aus Gusseisen für den Herd | Der Richter vertagte das Verfahren
					de | Gartenscheren und Spaten | Werkzeug für Beete | Die Wahl des Parlaments
					fr | Une poêle qui dore les oignons | Des cocottes en fonte pour la cuisinière | Le juge a reporté le jugement
					fr | Semez les haricots dans le potager | Des graines pour les légumes | Le serveur et le réseau informatique
					""")
	void textsOnOneTopicAreCloserThanOthers(String language, String text, String near, String far) {
		float[] vector = this.embedding.embed(text, language);
		double similar = SentenceEmbedding.cosine(vector, this.embedding.embed(near, language));
		assertThat(similar).isGreaterThan(0.2)
			.isGreaterThan(SentenceEmbedding.cosine(vector, this.embedding.embed(far, language)) + 0.15);
	}

	@Test
	void languagesShareOneSpace() {
		float[] english = this.embedding.embed("a warm wool blanket for the winter", "en");
		float[] german = this.embedding.embed("eine warme Wolldecke für den Winter", "de");
		float[] french = this.embedding.embed("une couverture en laine chaude pour l'hiver", "fr");
		float[] other = this.embedding.embed("das Urteil des Gerichts", "de");
		assertThat(SentenceEmbedding.cosine(english, german)).isGreaterThan(0.5);
		assertThat(SentenceEmbedding.cosine(english, french)).isGreaterThan(0.5);
		assertThat(SentenceEmbedding.cosine(english, other)).isLessThan(0.2);
	}

	@Test
	void readsTextsOfUnknownLanguage() {
		float[] english = this.embedding.embed("a warm wool blanket for the winter");
		assertThat(SentenceEmbedding.cosine(english, this.embedding.embed("Wolldecke für kalte Winter")))
			.isGreaterThan(0.4);
	}

	@Test
	void germanCompoundsHaveTheMeaningOfTheirParts() {
		float[] compound = this.embedding.embed("Gemüsesuppentopf", "de");
		assertThat(SentenceEmbedding.cosine(compound, this.embedding.embed("Suppe im Topf", "de"))).isGreaterThan(0.5);
	}

	@Test
	void textWithoutKnownWordsIsSimilarToNothing() {
		float[] unknown = this.embedding.embed("Xqzw 12,50 — …", "en");
		assertThat(unknown).hasSize(SentenceEmbedding.DIMENSIONS).containsOnly(0f);
		assertThat(SentenceEmbedding.cosine(unknown, this.embedding.embed("garden", "en"))).isZero();
	}

	@Test
	void threadsGetTheSameVector() {
		float[] expected = this.embedding.embed("Two hens in the garden", "en");
		assertThat(IntStream.range(0, 200)
			.parallel()
			.mapToObj((i) -> this.embedding.embed("Two hens in the garden", "en")))
			.allSatisfy((vector) -> assertThat(vector).containsExactly(expected));
	}

	@Test
	void otherTopicsAreTold() {
		OtherTopicClassifier classifier = new OtherTopicClassifier();
		for (String other : List.of("The senate passed the amendment after the ministers had spoken",
				"The midfielder scored twice before the referee ended the match")) {
			assertThat(classifier.score(this.embedding.embed(other, "en"))).as(other).isGreaterThan(0);
		}
		for (String shop : List.of("Your parcel with the blue teapot left our shop this morning",
				"Water the tomatoes early and cut the lower leaves")) {
			assertThat(classifier.score(this.embedding.embed(shop, "en"))).as(shop).isLessThan(0);
		}
	}

	@Test
	void provenanceMatchesTheFiles() throws Exception {
		JsonNode description = new ObjectMapper().readTree(SentenceEmbedding.class.getResource("/embed/words.json"));
		try (InputStream words = SentenceEmbedding.class.getResourceAsStream("/embed/words.bin")) {
			byte[] bytes = words.readAllBytes();
			assertThat(bytes.length).isLessThan(3_000_000);
			assertThat(sha256(bytes)).isEqualTo(description.path("sha256").asText());
		}
		assertThat(this.embedding.size()).isEqualTo(description.at("/figures/keys").asInt());
		JsonNode glossary = description.path("sources").path(2);
		assertThat(sha256(Files.readAllBytes(Path.of(glossary.path("name").asText()))))
			.as("run EmbeddingDistillation after a change of the glossary")
			.isEqualTo(glossary.path("sha256").asText());
	}

	private static String sha256(byte[] bytes) throws Exception {
		return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
	}

}
