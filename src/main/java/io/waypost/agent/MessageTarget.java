package io.waypost.agent;

import java.util.Optional;
import java.util.UUID;

import io.waypost.agent.archetype.ArchetypeCell;
import io.waypost.kernel.Fingerprint;
import io.waypost.delivery.Send;
import io.waypost.kernel.ProfileId;

/** What a message is meant to become: one person's send, or words that many share. */
public sealed interface MessageTarget {

	/**
	 * What it is known by; the choice of words depends on it.
	 * @return id of the send or key of the words
	 */
	UUID id();

	/**
	 * What the message is for.
	 * @return the goal
	 */
	String goal();

	/**
	 * Which template it uses.
	 * @return template key
	 */
	String template();

	/**
	 * The one person it is for, if it is for one.
	 * @return the profile
	 */
	Optional<ProfileId> recipient();

	/**
	 * Fixes the choice of words.
	 * @return not zero, which would mean no choice at all
	 */
	long seed();

	/**
	 * Counts the attempts at words, so that no two have the same subject.
	 * @param attempts how many were made before
	 * @return 1 for the first
	 */
	int round(int attempts);

	/**
	 * Names the words.
	 * @param written the writer's own name for them
	 * @return the name of the variant
	 */
	String variant(String written);

	/**
	 * Says what the choice of words depends on.
	 * @return the words of a sentence
	 */
	String seedSource();

	/**
	 * A message to one person.
	 *
	 * @param send its send
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
	 * Words for the people of an archetype.
	 *
	 * @param id what fixes the choice of words
	 * @param brief the campaign they are for
	 * @param cell whom they are for
	 * @param variant which variant
	 */
	record ForArchetype(UUID id, ContentBrief brief, ArchetypeCell cell,
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
		 * All variants of an archetype start from one seed; the round tells them apart.
		 */
		@Override
		public long seed() {
			return MessageTarget.seed(Fingerprint.of(this.cell.key(), this.brief.template()).uuid());
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
