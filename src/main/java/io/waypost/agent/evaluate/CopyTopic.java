package io.waypost.agent.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.waypost.agent.embed.OtherTopicClassifier;
import io.waypost.agent.embed.SentenceEmbedding;
import org.jspecify.annotations.Nullable;

/**
 * How close the parts of a copy are in meaning. Similarities are cosines of
 * {@link SentenceEmbedding}: about 0 for unrelated texts of a language, 0.3 and more for
 * texts on one topic.
 */
final class CopyTopic {

	/** Sentences with fewer content words are not compared with each other. */
	private static final int FEWEST_WORDS = 3;

	/** What e-mails of a shop speak of besides its products. */
	private static final Map<String, String> SERVICE = Map.of("en",
			"order delivery shipping parcel returns refund repair e-mail newsletter unsubscribe account cart voucher review",
			"de",
			"Bestellung Lieferung Versand Paket Rückgabe Erstattung Reparatur E-Mail Newsletter abmelden Konto Warenkorb "
					+ "Gutschein Bewertung",
			"fr", "commande livraison expédition colis retour remboursement réparation e-mail newsletter désabonner "
					+ "compte panier bon avis");

	private static final OtherTopicClassifier OTHER_TOPICS = new OtherTopicClassifier();

	private final SentenceEmbedding embedding = SentenceEmbedding.shared();

	private final CopyText copy;

	private final String language;

	private final List<CopySentence> sentences = new ArrayList<>();

	private final List<float[]> sentenceSums = new ArrayList<>();

	private final List<float[]> paragraphs = new ArrayList<>();

	private final float[] subject;

	private final float[] plan;

	private final float[] body;

	private CopyTopic(CopyText copy) {
		this.copy = copy;
		this.language = copy.language();
		for (List<CopySentence> paragraph : copy.paragraphs()) {
			List<float[]> sums = paragraph.stream().map((sentence) -> sum(sentence.text())).toList();
			this.sentences.addAll(paragraph);
			this.sentenceSums.addAll(sums);
			this.paragraphs.add(added(sums));
		}
		this.body = added(this.paragraphs);
		this.subject = sum(copy.subject().text() + '\n' + copy.preheader().text());
		this.plan = sum(String.join(" ", copy.names()) + '\n' + String.join(" ", copy.facts()));
	}

	/** Returns null for a language without word embeddings. */
	static @Nullable CopyTopic of(CopyText copy) {
		return LanguageModel.isSupported(copy.language()) ? new CopyTopic(copy) : null;
	}

	/**
	 * Similarity of the body and what it should speak of: subject, preheader and plan.
	 */
	double body() {
		return closest(this.body, List.of(this.subject, this.plan, added(List.of(this.subject, this.plan))));
	}

	/** Similarity of the body and the orders, deliveries and e-mails of a shop. */
	double service() {
		return closest(this.body, List.of(sum(SERVICE.getOrDefault(this.language, ""))));
	}

	/** Similarity of subject and preheader with the body or the plan. */
	double subject() {
		return closest(this.subject, List.of(this.body, this.plan));
	}

	/**
	 * Similarity of a paragraph with subject, preheader, plan or the rest of the body.
	 */
	double paragraph(int at) {
		float[] rest = this.body.clone();
		for (int i = 0; i < rest.length; i++) {
			rest[i] -= this.paragraphs.get(at)[i];
		}
		return closest(this.paragraphs.get(at),
				List.of(this.subject, this.plan, added(List.of(this.subject, this.plan)), rest));
	}

	/** Log-odds that a paragraph is about law, science, sport and other topics. */
	double other(int at) {
		return OTHER_TOPICS.score(vector(this.paragraphs.get(at)));
	}

	/** Sentences that share a word with an earlier one and say almost the same. */
	List<String> paraphrases(double similarity) {
		List<String> found = new ArrayList<>();
		List<CopySentence> earlier = new ArrayList<>();
		List<float[]> vectors = new ArrayList<>();
		for (int at = 0; at < this.sentences.size(); at++) {
			CopySentence sentence = this.sentences.get(at);
			Set<String> stems = stems(sentence);
			if (stems.size() < FEWEST_WORDS || isFact(sentence)) {
				continue;
			}
			float[] vector = vector(this.sentenceSums.get(at));
			for (int i = 0; i < earlier.size(); i++) {
				if (SentenceEmbedding.cosine(vector, vectors.get(i)) > similarity
						&& !TopicScorer.shared(stems, stems(earlier.get(i))).isEmpty()) {
					found.add('"' + sentence.text() + '"');
					break;
				}
			}
			earlier.add(sentence);
			vectors.add(vector);
		}
		return found;
	}

	private Set<String> stems(CopySentence sentence) {
		return TopicScorer.stems(sentence, this.copy.language());
	}

	/** A description of the catalogue may be similar to what the copy says. */
	private boolean isFact(CopySentence sentence) {
		return !this.copy.facts().isEmpty() && sentence.lower()
			.stream()
			.filter((word) -> word.length() > 3 && TopicScorer.isContent(word, this.copy.language()))
			.allMatch((word) -> this.copy.facts().contains(word) || this.copy.names().contains(word));
	}

	/** The largest similarity, 0 when all are negative. */
	private double closest(float[] sum, List<float[]> others) {
		float[] vector = vector(sum);
		double closest = 0;
		for (float[] other : others) {
			closest = Math.max(closest, SentenceEmbedding.cosine(vector, vector(other)));
		}
		return closest;
	}

	private float[] vector(float[] sum) {
		return this.embedding.vector(sum, this.language);
	}

	private float[] sum(String text) {
		return this.embedding.sum(text, this.language);
	}

	private static float[] added(List<float[]> sums) {
		float[] added = new float[SentenceEmbedding.DIMENSIONS];
		for (float[] sum : sums) {
			for (int i = 0; i < added.length; i++) {
				added[i] += sum[i];
			}
		}
		return added;
	}

}
