package io.waypost.access.scim;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A user of a directory.
 *
 * @param id id in SCIM
 * @param account name of the account, which stays when the login changes
 * @param state what the directory says
 * @param createdAt when the directory created it
 * @param changedAt when the directory changed it last
 * @param groups the groups of the user
 */
record ScimUser(UUID id, String account, State state, Instant createdAt, Instant changedAt, List<Membership> groups) {

	private static final List<String> NAMES = List.of("formatted", "familyName", "givenName", "middleName");

	private static final List<String> EMAIL = List.of("value", "type", "display");

	private static final int MAX_EMAILS = 20;

	/**
	 * A group of a user.
	 *
	 * @param group id of the group
	 * @param display name of the group
	 */
	record Membership(UUID group, String display) {

	}

	/**
	 * What a directory says about a user. Other attributes are not stored.
	 *
	 * @param login {@code userName}
	 * @param externalId id in the directory; null if it sends none
	 * @param active whether the user may sign in
	 * @param attributes names and e-mail addresses
	 */
	record State(String login, @Nullable String externalId, boolean active, ObjectNode attributes) {

		/**
		 * Reads a user.
		 * @throws ScimException for an invalid value
		 */
		static State of(JsonNode user) {
			if (!user.isObject()) {
				throw ScimException.invalidSyntax("The body must be a JSON object");
			}
			ObjectNode attributes = JsonNodeFactory.instance.objectNode();
			@Nullable String displayName = ScimJson.text(user, "displayName");
			if (displayName != null) {
				attributes.put("displayName", displayName);
			}
			@Nullable JsonNode name = ScimJson.field(user, "name");
			if (name != null) {
				copy(name, NAMES, attributes.putObject("name"), "name");
			}
			@Nullable JsonNode emails = ScimJson.field(user, "emails");
			if (emails != null) {
				copyEmails(emails, attributes.putArray("emails"));
			}
			return new State(ScimJson.requireText(user, "userName").strip(), ScimJson.text(user, "externalId"),
					ScimJson.truth(user, "active", true), attributes);
		}

		private static void copyEmails(JsonNode emails, ArrayNode target) {
			if (!emails.isArray() || emails.size() > MAX_EMAILS) {
				throw ScimException.invalidValue("'emails' must be a list of at most %d".formatted(MAX_EMAILS));
			}
			for (JsonNode email : emails) {
				ObjectNode copy = target.addObject();
				copy(email, EMAIL, copy, "emails");
				if (ScimJson.field(email, "primary") != null) {
					copy.put("primary", ScimJson.truth(email, "primary", false));
				}
			}
		}

		private static void copy(JsonNode source, List<String> fields, ObjectNode target, String attribute) {
			if (!source.isObject()) {
				throw ScimException.invalidValue("'%s' must contain objects".formatted(attribute));
			}
			for (String field : fields) {
				@Nullable String value = ScimJson.text(source, field);
				if (value != null) {
					target.put(field, value);
				}
			}
		}

	}

	/**
	 * Writes the user.
	 * @param baseUrl address of the SCIM service
	 */
	ObjectNode toJson(String baseUrl) {
		ObjectNode json = ScimJson.resource(ScimJson.USER).put("id", this.id.toString());
		if (this.state.externalId() != null) {
			json.put("externalId", this.state.externalId());
		}
		json.put("userName", this.state.login()).put("active", this.state.active());
		json.setAll(this.state.attributes().deepCopy());
		ArrayNode memberOf = json.putArray("groups");
		this.groups.forEach((group) -> memberOf.addObject()
			.put("value", group.group().toString())
			.put("display", group.display())
			.put("$ref", baseUrl + "/Groups/" + group.group()));
		json.putObject("meta")
			.put("resourceType", "User")
			.put("created", this.createdAt.toString())
			.put("lastModified", this.changedAt.toString())
			.put("location", baseUrl + "/Users/" + this.id);
		return json;
	}

}
