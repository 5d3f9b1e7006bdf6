package io.waypost.agent.write;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.waypost.content.DraftBlock;
import io.waypost.content.EmailDraft;
import io.waypost.feature.LifecycleStage;

/**
 * The structure of a message: its layout and the order of texts, products and other
 * blocks.
 *
 * @param id unique
 * @param goals goals that it is for, empty for all
 * @param stages lifecycle stages that it is for, empty for all
 * @param when conditions that must hold, see {@link FragmentSlots}
 * @param layout layout of the e-mail
 * @param body elements in reading order
 */
record Outline(String id, Set<String> goals, Set<LifecycleStage> stages, Set<String> when, EmailDraft.Layout layout,
		List<Element> body) {

	/** An element of the body. */
	sealed interface Element {

		/**
		 * A paragraph.
		 *
		 * @param parts its sentences; those without a fragment are omitted
		 */
		record Sentences(List<MessagePart> parts) implements Element {

		}

		/**
		 * Products: one for {@link DraftBlock.Arrangement#SINGLE}, otherwise all that
		 * were not shown before.
		 *
		 * @param arrangement how they are shown
		 */
		record Shown(DraftBlock.Arrangement arrangement) implements Element {

		}

		/** The offer with its code and terms. */
		record OfferFrame() implements Element {

		}

		/**
		 * Secondary links.
		 *
		 * @param labels parts with the labels
		 */
		record Targets(List<MessagePart> labels) implements Element {

		}

		/** A line. */
		record Line() implements Element {

		}

	}

	boolean fits(String goal, LifecycleStage stage, FragmentSlots facts) {
		return (this.goals.isEmpty() || this.goals.stream().anyMatch((own) -> isOf(goal, own)))
				&& (this.stages.isEmpty() || this.stages.contains(stage)) && facts.conditions().containsAll(this.when);
	}

	/** Whether a goal is the given one or a step of its series. */
	private static boolean isOf(String goal, String own) {
		return own.endsWith("*") ? goal.startsWith(own.substring(0, own.length() - 1)) : goal.equals(own);
	}

	/**
	 * Returns the parts that the message needs besides subject line, headline and so on.
	 */
	Set<MessagePart> parts() {
		Set<MessagePart> parts = EnumSet.noneOf(MessagePart.class);
		for (Element element : this.body) {
			switch (element) {
				case Element.Sentences(List<MessagePart> sentences) -> parts.addAll(sentences);
				case Element.Targets(List<MessagePart> labels) -> parts.addAll(labels);
				default -> {
				}
			}
		}
		return parts;
	}

}
