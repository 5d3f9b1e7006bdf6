package io.waypost.agent.evaluate;

import java.util.List;
import java.util.Map;

import io.waypost.agent.embed.OtherTopicClassifier;
import io.waypost.agent.embed.SentenceEmbedding;
import org.jspecify.annotations.Nullable;

/**
 * How close the parts of a copy are in meaning. Similarities are cosines of
 * {@link SentenceEmbedding}: about 0 for unrelated texts of a language, 0.3 and more for
 * texts on one topic.
 */
final class CopyTopic {

	private static final OtherTopicClassifier OTHER_TOPICS = new OtherTopicClassifier();

	/** What e-mails of a shop speak of besides its products. */
	private static final Map<String, String> SERVICE = Map.of("en",
			"order delivery shipping parcel returns refund repair e-mail newsletter unsubscribe account cart voucher review",
			"de",
			"Bestellung Lieferung Versand Paket Rückgabe Erstattung Reparatur E-Mail Newsletter abmelden Konto Warenkorb "
					+ "Gutschein Bewertung",
			"fr", "commande livraison expédition colis retour remboursement réparation e-mail newsletter désabonner "
					+ "compte panier bon avis");

	private final SentenceEmbedding embedding = SentenceEmbedding.shared();

	private final String language;

	private final List<float[]> paragraphs;

	private final float[] subject;

	private final float[] plan;

	private CopyTopic(CopyText copy) {
		this.language = copy.language();
		this.paragraphs = copy.paragraphs()
			.stream()
			.map((paragraph) -> sum(String.join("\n", paragraph.stream().map(CopySentence::text).toList())))
			.toList();
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
		return closest(added(this.paragraphs),
				List.of(this.subject, this.plan, added(List.of(this.subject, this.plan))));
	}

	/** Similarity of the body and the orders, deliveries and e-mails of a shop. */
	double service() {
		return closest(added(this.paragraphs), List.of(sum(SERVICE.getOrDefault(this.language, ""))));
	}

	/** Similarity of subject and preheader with the body or the plan. */
	double subject() {
		return closest(this.subject, List.of(added(this.paragraphs), this.plan));
	}

	/**
	 * Similarity of a paragraph with subject, preheader, plan or the rest of the body.
	 */
	double paragraph(int at) {
		float[] rest = added(this.paragraphs);
		for (int i = 0; i < rest.length; i++) {
			rest[i] -= this.paragraphs.get(at)[i];
		}
		return closest(this.paragraphs.get(at),
				List.of(this.subject, this.plan, added(List.of(this.subject, this.plan)), rest));
	}

	/** Log-odds that a paragraph is about law, science, sport and other topics. */
	double other(int at) {
		return OTHER_TOPICS.score(this.embedding.vector(this.paragraphs.get(at), this.language));
	}

	private double closest(float[] sum, List<float[]> others) {
		float[] vector = this.embedding.vector(sum, this.language);
		double closest = 0;
		for (float[] other : others) {
			closest = Math.max(closest, SentenceEmbedding.cosine(vector, this.embedding.vector(other, this.language)));
		}
		return closest;
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
