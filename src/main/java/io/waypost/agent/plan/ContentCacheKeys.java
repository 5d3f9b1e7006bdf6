package io.waypost.agent.plan;

import java.util.IdentityHashMap;
import java.util.Map;

import io.waypost.agent.Batch;
import io.waypost.agent.ContentVariant;
import io.waypost.agent.Message;
import io.waypost.agent.MessageTarget;
import io.waypost.agent.write.ContentFacts;
import io.waypost.agent.write.RuleBasedWriter;
import io.waypost.content.BrandKit;
import io.waypost.content.Template;
import io.waypost.kernel.Fingerprint;

/**
 * Calculates the cache key of a message's content from everything that the content
 * depends on. Equal keys mean equal content.
 */
public final class ContentCacheKeys {

	private final ContentFactsLookup facts;

	public ContentCacheKeys(ContentFactsLookup facts) {
		this.facts = facts;
	}

	/** Returns the key of each message, 64 characters. */
	public Map<Message, String> of(Batch batch) {
		ContentFactsLookup.BatchFacts found = this.facts.find(batch.tenant(), batch.messages());
		Map<Message, String> keys = new IdentityHashMap<>();
		batch.messages().forEach((message) -> keys.put(message, key(message, found)));
		return keys;
	}

	private static String key(Message message, ContentFactsLookup.BatchFacts found) {
		ContentPlan plan = found.plan(message).plan();
		String template = found.template(message).map(ContentCacheKeys::template).orElse("");
		ContentVariant variant = (message.target() instanceof MessageTarget.ForArchetype shared) ? shared.variant()
				: null;
		return Fingerprint
			.of(plan.archetype(), plan.goal(), plan.locale(), facts(found.facts(message), found.brand()),
					found.brand().version(), template, RuleBasedWriter.VERSION, variant,
					message.target().round(message.attempt()), message.target().seed())
			.hex();
	}

	private static String template(Template template) {
		return template.key() + '@' + template.version() + '/' + template.locale();
	}

	private static String facts(ContentFacts facts, BrandKit brand) {
		return Fingerprint
			.of(facts.lines(), facts.category(), facts.shop(), facts.siteUrl(), brand.senderName(), facts.offer())
			.hex();
	}

}
