package io.waypost.agent.write;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Copy of a language model for all messages with the same kinds of facts. Its texts may
 * have {@code ${slot}}s, as text fragments do, so numbers and names are filled in from
 * the facts and not written by the model.
 *
 * @param id identifies the copy, for explanations and learning
 * @param subject subject line
 * @param preheader preview text
 * @param headline headline
 * @param paragraphs one to four paragraphs, without greeting
 * @param button label of the button
 * @param closing closing line, null for none
 * @param claims which facts its claims rely on
 */
public record GeneratedCopy(String id, String subject, String preheader, String headline, List<String> paragraphs,
		String button, @Nullable String closing, List<CopyClaim> claims) {

	/** Maximum number of paragraphs. */
	public static final int MAX_PARAGRAPHS = 4;

	public GeneratedCopy {
		paragraphs = List.copyOf(paragraphs);
		claims = List.copyOf(claims);
		if (paragraphs.isEmpty() || paragraphs.size() > MAX_PARAGRAPHS) {
			throw new IllegalArgumentException(
					"Copy needs 1 to %d paragraphs but has %d".formatted(MAX_PARAGRAPHS, paragraphs.size()));
		}
	}

	/**
	 * A claim in the copy.
	 *
	 * @param text the words of the claim
	 * @param fact name of the fact in the prompt
	 */
	public record CopyClaim(String text, String fact) {

	}

	/** Returns all texts in reading order. */
	public List<String> texts() {
		return Stream
			.of(Stream.of(this.subject, this.preheader, this.headline), this.paragraphs.stream(),
					Stream.of(this.button), Stream.ofNullable(this.closing))
			.flatMap((part) -> part)
			.toList();
	}

	/** Returns the names of the slots that need a value. */
	public Set<String> slots() {
		return texts().stream()
			.flatMap((text) -> TextFragment.of(text).slots().stream())
			.collect(Collectors.toUnmodifiableSet());
	}

}
