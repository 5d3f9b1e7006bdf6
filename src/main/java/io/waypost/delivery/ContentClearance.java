package io.waypost.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import io.waypost.content.BrandKit;
import io.waypost.content.DraftBlock;
import io.waypost.content.EmailDraft;
import io.waypost.kernel.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether content may be queued, from the facts that the agents stored with it:
 * the verdict of the last inspection, which names the content by its digest, the review
 * if the verdict asked for one, and the permission of the recipient. The order of the
 * steps in a model has no influence. A fact that is missing is a refusal.
 */
public final class ContentClearance {

	/** Section of the explanation with the verdict of the last inspection. */
	public static final String INSPECTION = "inspection";

	/** Key of the digest in the sections {@code inspection} and {@code review}. */
	public static final String CONTENT = "content";

	/** Key of the digest of the brand kit in the section {@code inspection}. */
	public static final String BRAND = "brand";

	/** Section of the explanation about the writing of the content. */
	public static final String WRITING = "variant";

	/**
	 * Key in {@link #WRITING}: the reviewer whose changes the content contains, absent
	 * without changes. New content of an agent replaces the section.
	 */
	public static final String CHANGED_BY = "changedBy";

	/** Section of the explanation with the time until which content may be sent. */
	public static final String VALIDITY = "validity";

	/** Reason of content that was inspected with another brand kit than the live one. */
	public static final String BRAND_CHANGED = "brand_kit_changed";

	private ContentClearance() {
	}

	/**
	 * Creates the section of a limited validity.
	 * @param end time from which the content must not be sent
	 * @param reason short code for messages that are withheld from then on
	 * @return the section
	 */
	public static Map<String, Object> validity(Instant end, String reason) {
		return Map.of("end", end.toString(), "reason", reason);
	}

	/**
	 * Reads the limited validity of content.
	 * @param explanation the sections that are stored with it
	 * @return empty when it is valid without limit
	 */
	public static Optional<ContentValidity> validity(Map<String, Object> explanation) {
		return (section(explanation, VALIDITY).get("end") instanceof String end) ? Optional
			.of(new ContentValidity(Instant.parse(end), String.valueOf(section(explanation, VALIDITY).get("reason"))))
				: Optional.empty();
	}

	/**
	 * A limited validity.
	 *
	 * @param end time from which the content must not be sent
	 * @param reason short code for messages that are withheld from then on
	 */
	public record ContentValidity(Instant end, String reason) {

		/**
		 * Returns why content must not be sent.
		 * @param now the current time
		 * @return the reason, null when it may be sent
		 */
		public @Nullable String reason(Instant now) {
			return now.isBefore(this.end) ? null : this.reason;
		}

	}

	/**
	 * Identifies content.
	 * @param draft the content
	 * @return SHA-256 of everything in it, hexadecimal
	 */
	public static String digest(EmailDraft draft) {
		List<@Nullable Object> parts = new ArrayList<>(List.of(draft.locale(), draft.layout(), draft.subject(),
				draft.preheader(), draft.headline(), draft.body().size()));
		draft.body().forEach((block) -> parts.add(digest(block)));
		parts.add(Fingerprint.of(draft.callToAction().label(), draft.callToAction().url()));
		parts.add(draft.closing());
		return Fingerprint.of(parts.toArray()).hex();
	}

	/**
	 * Identifies content together with the brand kit that it was inspected with.
	 * @param draft the content
	 * @param explanation the sections that are stored with it
	 * @return SHA-256 of everything a recipient sees, hexadecimal
	 */
	public static String digest(EmailDraft draft, Map<String, Object> explanation) {
		return digest(draft, brand(explanation).orElse(""));
	}

	private static String digest(EmailDraft draft, String brand) {
		return Fingerprint.of(digest(draft), brand).hex();
	}

	/**
	 * Reads with which brand kit content was inspected.
	 * @param explanation the sections that are stored with it
	 * @return {@link BrandKit#visibleDigest}, empty when it was not inspected
	 */
	public static Optional<String> brand(Map<String, Object> explanation) {
		return (section(explanation, INSPECTION).get(BRAND) instanceof String brand) ? Optional.of(brand)
				: Optional.empty();
	}

	private static Fingerprint digest(DraftBlock block) {
		return switch (block) {
			case DraftBlock.Paragraph(String text) -> Fingerprint.of("paragraph", text);
			case DraftBlock.Products(DraftBlock.Arrangement arrangement, List<EmailDraft.DraftItem> items) ->
				Fingerprint.of("products", arrangement, digests(items, ContentClearance::digest));
			case DraftBlock.OfferBox(String offer, String until, String code, String terms) ->
				Fingerprint.of("offer", offer, until, code, terms);
			case DraftBlock.Quotation(String text, String source) -> Fingerprint.of("quotation", text, source);
			case DraftBlock.Steps(List<String> steps) -> Fingerprint.of("steps", digests(steps, Fingerprint::ofText));
			case DraftBlock.Links(List<EmailDraft.CallToAction> links) ->
				Fingerprint.of("links", digests(links, (link) -> Fingerprint.of(link.label(), link.url())));
			case DraftBlock.Divider() -> Fingerprint.of("divider");
		};
	}

	private static Fingerprint digest(EmailDraft.DraftItem item) {
		return Fingerprint.of(item.productId(), item.name(), item.price(), item.quantity(), item.imageUrl(), item.url(),
				item.formerPrice(), item.description(), item.rating());
	}

	private static <T> Fingerprint digests(List<T> parts, Function<T, Fingerprint> digest) {
		return Fingerprint.of(parts.stream().map(digest).toArray());
	}

	/**
	 * Creates the section of an inspection.
	 * @param draft the content as it was inspected; null when there was none
	 * @param brand digest of the brand kit that it was inspected with; it must be the
	 * live one when the content is sent
	 * @param route name of the route that the verdict asks for
	 * @return the section
	 */
	public static Map<String, Object> inspected(@Nullable EmailDraft draft, String brand, String route) {
		Map<String, Object> section = new LinkedHashMap<>();
		section.put("route", route);
		if (draft != null) {
			section.put(CONTENT, digest(draft, brand));
			section.put(BRAND, brand);
		}
		return section;
	}

	/**
	 * Finds the reason why content must not be sent.
	 * @param draft the content
	 * @param explanation the sections that are stored with it
	 * @return empty when it was inspected as it is, and reviewed if the verdict asked for
	 * it
	 */
	public static Optional<String> problem(@Nullable EmailDraft draft, Map<String, Object> explanation) {
		if (draft == null) {
			return Optional.of("it has no content");
		}
		String digest = digest(draft, explanation);
		Map<?, ?> inspection = section(explanation, INSPECTION);
		if (!digest.equals(inspection.get(CONTENT))) {
			return Optional.of(inspection.isEmpty() ? "its content was not inspected"
					: "its content was changed after the inspection");
		}
		Optional<String> changedBy = changedBy(explanation);
		Map<?, ?> review = section(explanation, "review");
		return switch (String.valueOf(inspection.get("route"))) {
			case "CONTINUE" -> changedBy.isEmpty() || isApproved(digest, review, changedBy) ? Optional.empty()
					: Optional.of("a reviewer changed this content and no other person approved it");
			case "REVIEW" -> isApproved(digest, review, changedBy) ? Optional.empty()
					: Optional.of("the inspection asked for a review and this content was not approved");
			default -> Optional.of("the inspection answered " + inspection.get("route"));
		};
	}

	/**
	 * Whether the recipient may be written to, by the stored permission decision.
	 * @param explanation the sections that are stored with the send
	 * @return false without a decision
	 */
	public static boolean isPermitted(Map<String, Object> explanation) {
		return "GRANTED".equals(section(explanation, "permission").get("permission"));
	}

	/**
	 * Returns the reviewer whose changes the content contains.
	 * @param explanation the sections that are stored with the content
	 * @return the user or token, empty when no reviewer changed it
	 */
	public static Optional<String> changedBy(Map<String, Object> explanation) {
		return Optional.ofNullable(section(explanation, WRITING).get(CHANGED_BY)).map(String::valueOf);
	}

	private static boolean isApproved(String digest, Map<?, ?> review, Optional<String> changedBy) {
		String reviewer = String.valueOf(review.get("reviewer"));
		return "APPROVED".equals(review.get("decision")) && digest.equals(review.get(CONTENT)) && isReviewer(reviewer)
				&& !changedBy.equals(Optional.of(reviewer));
	}

	/**
	 * A user, or a review tool with an API token that has the role reviewer. Never an
	 * agent.
	 */
	private static boolean isReviewer(String actor) {
		return actor.startsWith("user:") || actor.startsWith("token:");
	}

	private static Map<?, ?> section(Map<String, Object> explanation, String name) {
		return (explanation.get(name) instanceof Map<?, ?> map) ? map : Map.of();
	}

}
