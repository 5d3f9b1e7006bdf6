package io.waypost.access.scim;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A group of a directory.
 *
 * @param id id in SCIM
 * @param displayName name, which the mapping of groups to roles uses
 * @param externalId id in the directory, which the mapping can use too; null if it sends
 * none
 * @param createdAt when the directory created it
 * @param changedAt when the directory changed it last
 * @param members the members
 */
record ScimGroup(UUID id, String displayName, @Nullable String externalId, Instant createdAt, Instant changedAt,
		List<Member> members) {

	/**
	 * A member of a group.
	 *
	 * @param user id of the user
	 * @param display login of the user
	 */
	record Member(UUID user, String display) {

	}

	/**
	 * What a directory says about a group.
	 *
	 * @param displayName name
	 * @param externalId id in the directory; null if it sends none
	 * @param members ids of the members
	 */
	record State(String displayName, @Nullable String externalId, Set<UUID> members) {

		private static final int MAX_MEMBERS = 10_000;

		/**
		 * Reads a group.
		 * @throws ScimException for an invalid value
		 */
		static State of(JsonNode group) {
			if (!group.isObject()) {
				throw ScimException.invalidSyntax("The body must be a JSON object");
			}
			Set<UUID> members = new LinkedHashSet<>();
			@Nullable JsonNode given = ScimJson.field(group, "members");
			if (given != null && (!given.isArray() || given.size() > MAX_MEMBERS)) {
				throw ScimException.invalidValue("'members' must be a list of at most %d".formatted(MAX_MEMBERS));
			}
			if (given != null) {
				given.forEach((member) -> members.add(id(ScimJson.requireText(member, "value"))));
			}
			return new State(ScimJson.requireText(group, "displayName").strip(), ScimJson.text(group, "externalId"),
					members);
		}

		private static UUID id(String value) {
			try {
				return UUID.fromString(value);
			}
			catch (IllegalArgumentException ex) {
				throw ScimException.invalidValue("members: '%s' is not the id of a user".formatted(value));
			}
		}

	}

	/**
	 * Writes the group.
	 * @param baseUrl address of the SCIM service
	 */
	ObjectNode toJson(String baseUrl) {
		ObjectNode json = ScimJson.resource(ScimJson.GROUP)
			.put("id", this.id.toString())
			.put("displayName", this.displayName);
		if (this.externalId != null) {
			json.put("externalId", this.externalId);
		}
		ArrayNode list = json.putArray("members");
		this.members.forEach((member) -> list.addObject()
			.put("value", member.user().toString())
			.put("display", member.display())
			.put("$ref", baseUrl + "/Users/" + member.user()));
		json.putObject("meta")
			.put("resourceType", "Group")
			.put("created", this.createdAt.toString())
			.put("lastModified", this.changedAt.toString())
			.put("location", baseUrl + "/Groups/" + this.id);
		return json;
	}

}
