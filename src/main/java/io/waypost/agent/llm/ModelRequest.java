package io.waypost.agent.llm;

import java.util.Set;

import io.waypost.kernel.CampaignId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * A question to a language model. The texts are final: nothing is filled in later.
 *
 * @param tenant the tenant that pays
 * @param purpose what the model is asked for
 * @param key identifies the work; several calls may have the same key
 * @param promptVersion name and version of the prompt, for example {@code write-email@3}
 * @param system instructions, the same for many requests, so that providers can cache
 * them
 * @param user facts and task of this request
 * @param schemaName name of the schema
 * @param schema JSON schema of the answer
 * @param maxTokens maximum number of tokens of the answer
 * @param temperature 0 to 1
 * @param campaign the campaign that pays, null for a journey
 * @param recipients number of recipients of the campaign, 0 for a journey
 * @param identities values that identify the recipients and must not leave; the request
 * is blocked when it contains one
 */
public record ModelRequest(TenantId tenant, ModelPurpose purpose, String key, String promptVersion, String system,
		String user, String schemaName, String schema, int maxTokens, double temperature, @Nullable CampaignId campaign,
		int recipients, Set<String> identities) {

	public ModelRequest {
		identities = Set.copyOf(identities);
	}

	/** Leaves out prompts and identities, which may be personal data. */
	@Override
	public String toString() {
		return "ModelRequest[%s, %s, %s, %s]".formatted(this.tenant, this.purpose, this.promptVersion, this.key);
	}

}
