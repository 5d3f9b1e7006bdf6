package io.waypost.agent;

import java.util.Optional;
import java.util.UUID;

import io.waypost.agent.archetype.Archetype;
import io.waypost.agent.archetype.ArchetypeKey;
import io.waypost.delivery.Send;
import io.waypost.kernel.Fingerprint;
import io.waypost.kernel.ProfileId;

/** What a message is for: a send to one recipient, or content of an archetype. */
public sealed interface MessageTarget {

	/**
	 * Returns the id. The choice of text fragments depends on it.
	 * @return id of the send or of the archetype's message
	 */
	UUID id();

	/**
	 * Returns the goal of the message.
	 * @return the goal
	 */
	String goal();

	/**
	 * Returns the template.
	 * @return key of the template
	 */
	String template();

	/**
	 * Returns the recipient.
	 * @return the profile, empty for an archetype
	 */
	Optional<ProfileId> recipient();

	/**
	 * Returns the seed for choosing text fragments.
	 * @return not zero, which would always choose the first fragments
	 */
	long seed();

	/**
	 * Numbers the attempts of all variants, so that no two have the same subject line.
	 * @param attempts number of earlier attempts
	 * @return 1 for the first
	 */
	int round(int attempts);

	/**
	 * Returns the name of the variant.
	 * @param written the writer's name of the draft
	 * @return the name of the variant
	 */
	String variant(String written);

	/**
	 * Describes what the choice of fragments depends on, for explanations.
	 * @return part of a sentence
	 */
	String seedSource();

	/**
	 * A message to one recipient.
	 *
	 * @param send the send
	 */
	record ForRecipient(Send send) implements MessageTarget {

		@Override
		public UUID id() {
			return this.send.id().value();
		}

		@Override
		public String goal() {
			return this.send.template();
		}

		@Override
		public String template() {
			return this.send.template();
		}

		@Override
		public Optional<ProfileId> recipient() {
			return Optional.of(this.send.profile());
		}

		@Override
		public long seed() {
			return MessageTarget.seed(id());
		}

		@Override
		public int round(int attempts) {
			return attempts + 1;
		}

		@Override
		public String variant(String written) {
			return written;
		}

		@Override
		public String seedSource() {
			return "send and attempt";
		}

	}

	/**
	 * Content for an archetype.
	 *
	 * @param id derived from campaign, archetype and variant
	 * @param brief the content brief of the campaign
	 * @param archetype the archetype
	 * @param variant the variant
	 */
	record ForArchetype(UUID id, ContentBrief brief, Archetype archetype,
			ContentVariant variant) implements MessageTarget {

		@Override
		public String goal() {
			return this.brief.goal();
		}

		@Override
		public String template() {
			return this.brief.template();
		}

		@Override
		public Optional<ProfileId> recipient() {
			return Optional.empty();
		}

		/**
		 * Returns the category of the content: that of the brief, else that of the
		 * archetype.
		 * @return name of a category, empty for none
		 */
		public String category() {
			String own = ArchetypeKey.parse(this.archetype.key()).category();
			return (this.brief.category() != null) ? this.brief.category() : own.equals(ArchetypeKey.ANY) ? "" : own;
		}

		/**
		 * All variants of an archetype have the same seed; they differ in the round.
		 */
		@Override
		public long seed() {
			return MessageTarget.seed(Fingerprint.of(this.archetype.key(), this.brief.template()).uuid());
		}

		@Override
		public int round(int attempts) {
			return 1 + this.brief.variants().indexOf(this.variant) + attempts * this.brief.variants().size();
		}

		@Override
		public String variant(String written) {
			return this.variant.name();
		}

		@Override
		public String seedSource() {
			return "archetype, variant and attempt";
		}

	}

	private static long seed(UUID id) {
		long seed = id.getMostSignificantBits() ^ Long.rotateLeft(id.getLeastSignificantBits(), 17);
		return (seed != 0) ? seed : 1;
	}

}
