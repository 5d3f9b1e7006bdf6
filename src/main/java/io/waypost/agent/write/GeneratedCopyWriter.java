package io.waypost.agent.write;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.waypost.agent.evaluate.DraftScorer;
import io.waypost.content.EmailDraft;

/**
 * Makes drafts from the copy of a language model. Greeting, links, products and offer are
 * those of the outline, as in rule-based drafts; the other texts are the model's.
 */
public final class GeneratedCopyWriter {

	/** Parts that hold the paragraphs of the copy, in this order. */
	private static final List<MessagePart> PARAGRAPHS = List.of(MessagePart.HOOK, MessagePart.PRODUCT, MessagePart.TIP,
			MessagePart.PROOF);

	private final RuleBasedWriter rules;

	private final DraftScorer scorer;

	public GeneratedCopyWriter(RuleBasedWriter rules, DraftScorer scorer) {
		this.rules = rules;
		this.scorer = scorer;
	}

	/**
	 * Writes a draft.
	 * @param request the input
	 * @param copy the copy
	 * @return the draft, empty when a slot of the copy has no value
	 */
	public Optional<WrittenDraft> write(DraftRequest request, GeneratedCopy copy) {
		FragmentSlots facts = FragmentSlots.of(request.facts(), request.locale());
		if (!facts.values().keySet().containsAll(copy.slots())) {
			return Optional.empty();
		}
		Outline outline = this.rules.outline(request, facts, 0);
		Map<MessagePart, String> texts = texts(copy, facts, this.rules.texts(request, outline, facts));
		EmailDraft draft = new DraftComposer(request, facts, shaped(outline, copy.paragraphs().size()), texts)
			.compose();
		List<String> factIds = copy.slots()
			.stream()
			.map((slot) -> facts.factIds().getOrDefault(slot, ""))
			.distinct()
			.sorted()
			.toList();
		return Optional.of(new WrittenDraft("m" + request.attempt(), draft,
				List.of(WrittenDraft.OUTLINE + outline.id(), WrittenDraft.COPY + copy.id()), factIds,
				this.scorer.score(draft, RuleBasedWriter.aim(request)), 1));
	}

	/** Returns the texts of the copy with the greeting and links of the rules. */
	private static Map<MessagePart, String> texts(GeneratedCopy copy, FragmentSlots facts,
			Map<MessagePart, String> rules) {
		Map<MessagePart, String> texts = new EnumMap<>(MessagePart.class);
		for (MessagePart kept : List.of(MessagePart.OPENING, MessagePart.SITE_LINK, MessagePart.SECOND_LINK,
				MessagePart.PROMISE_LINK)) {
			if (rules.containsKey(kept)) {
				texts.put(kept, rules.getOrDefault(kept, ""));
			}
		}
		texts.put(MessagePart.SUBJECT, filled(copy.subject(), facts));
		texts.put(MessagePart.PREHEADER, filled(copy.preheader(), facts));
		texts.put(MessagePart.HEADLINE, filled(copy.headline(), facts));
		texts.put(MessagePart.ACTION, filled(copy.button(), facts));
		if (copy.closing() != null) {
			texts.put(MessagePart.CLOSING, filled(copy.closing(), facts));
		}
		for (int at = 0; at < copy.paragraphs().size(); at++) {
			texts.put(PARAGRAPHS.get(at), filled(copy.paragraphs().get(at), facts));
		}
		return texts;
	}

	private static String filled(String text, FragmentSlots facts) {
		return TextFragment.of(text).fill(facts.values());
	}

	/**
	 * Replaces the sentences of an outline by the paragraphs of the copy, one for one.
	 * The last place takes all that are left.
	 */
	private static Outline shaped(Outline outline, int paragraphs) {
		Iterator<MessagePart> next = PARAGRAPHS.subList(0, paragraphs).iterator();
		long places = outline.body().stream().filter(GeneratedCopyWriter::isPlace).count();
		List<Outline.Element> body = new ArrayList<>();
		for (Outline.Element element : outline.body()) {
			if (element instanceof Outline.Element.Sentences(List<MessagePart> parts)
					&& parts.contains(MessagePart.OPENING)) {
				body.add(paragraph(MessagePart.OPENING));
			}
			if (!isPlace(element)) {
				addOther(body, element);
				continue;
			}
			places--;
			do {
				if (next.hasNext()) {
					body.add(paragraph(next.next()));
				}
			}
			while (places == 0 && next.hasNext());
		}
		return new Outline(outline.id(), outline.goals(), outline.stages(), outline.when(), outline.layout(), body);
	}

	private static void addOther(List<Outline.Element> body, Outline.Element element) {
		if (!(element instanceof Outline.Element.Sentences)) {
			body.add(element);
		}
	}

	private static Outline.Element paragraph(MessagePart part) {
		return new Outline.Element.Sentences(List.of(part));
	}

	/** Whether a paragraph of the copy takes the place of the element. */
	private static boolean isPlace(Outline.Element element) {
		return element instanceof Outline.Element.Sentences(List<MessagePart> parts)
				&& parts.stream().anyMatch((part) -> part != MessagePart.OPENING);
	}

}
