package io.waypost.agent;

import java.util.IdentityHashMap;
import java.util.Map;

import io.waypost.agent.writer.Facts;
import io.waypost.agent.writer.Writer;
import io.waypost.content.BrandKit;
import io.waypost.content.Template;

/**
 * The exact key of words: whatever they depend on. Equal keys mean equal words, whoever
 * writes them.
 */
final class CacheKeys {

	private final FactFinder facts;

	CacheKeys(FactFinder facts) {
		this.facts = facts;
	}

	/** A key for each message, of 64 characters. */
	Map<Message, String> of(Batch batch) {
		FactFinder.Findings found = this.facts.find(batch.tenant(), batch.messages());
		Map<Message, String> keys = new IdentityHashMap<>();
		batch.messages().forEach((message) -> keys.put(message, key(message, found)));
		return keys;
	}

	private static String key(Message message, FactFinder.Findings found) {
		ContentPlan plan = found.plan(message).plan();
		String template = found.template(message).map(CacheKeys::template).orElse("");
		VariantBrief variant = (message.intent() instanceof Intent.Shared shared) ? shared.variant() : null;
		return Fingerprint
			.of(plan.archetype(), plan.goal(), plan.locale(), facts(found.facts(message), found.brand()),
					found.brand().version(), template, Writer.VERSION, variant,
					message.intent().round(message.attempt()), message.intent().seed())
			.hex();
	}

	private static String template(Template template) {
		return template.key() + '@' + template.version() + '/' + template.locale();
	}

	private static String facts(Facts facts, BrandKit brand) {
		return Fingerprint.of(facts.lines(), facts.category(), facts.shop(), facts.siteUrl(), brand.senderName()).hex();
	}

}
