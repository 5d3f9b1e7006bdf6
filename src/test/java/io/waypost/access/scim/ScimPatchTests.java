package io.waypost.access.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ScimPatchTests {

	private final ObjectMapper mapper = new ObjectMapper();

	@Test
	void changesFieldsWithAndWithoutPath() throws Exception {
		JsonNode user = user(
				"""
						[{"op": "Replace", "path": "name.familyName", "value": "Berg"},
						 {"op": "replace", "value": {"displayName": "Anna Berg", "name.givenName": "Ann", "active": "False"}},
						 {"op": "Add", "path": "urn:ietf:params:scim:schemas:core:2.0:User:externalId", "value": "7"},
						 {"op": "Add", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", "value": "x"},
						 {"op": "add", "path": "title", "value": "Dr"}]""");
		assertThat(user).isEqualTo(this.mapper.readTree("""
				{"userName": "anna", "externalId": "7", "active": "False", "displayName": "Anna Berg",
				 "name": {"givenName": "Ann", "familyName": "Berg"},
				 "emails": [{"type": "work", "value": "a@shop.example", "primary": true}]}"""));
	}

	@Test
	void changesElementsOfLists() throws Exception {
		assertThat(user("""
				[{"op": "Replace", "path": "emails[type eq \\"work\\"].value", "value": "b@shop.example"},
				 {"op": "Add", "path": "emails[type eq \\"home\\"].value", "value": "c@shop.example"}]""")
			.get("emails")).isEqualTo(this.mapper.readTree("""
					[{"type": "work", "value": "b@shop.example", "primary": true},
					 {"type": "home", "value": "c@shop.example"}]"""));
		assertThat(user("[{\"op\": \"remove\", \"path\": \"emails[type eq \\\"work\\\"]\"}]").get("emails")).isEmpty();
		assertThat(user("[{\"op\": \"remove\", \"path\": \"displayName\"}]").has("displayName")).isFalse();
		assertThat(user("[{\"op\": \"replace\", \"path\": \"externalId\", \"value\": null}]").has("externalId"))
			.isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "[] | invalidSyntax", "'' | invalidSyntax",
					"[{\"op\":\"move\",\"path\":\"active\",\"value\":true}] | invalidSyntax",
					"[{\"op\":\"remove\"}] | noTarget", "[{\"op\":\"add\",\"value\":1}] | invalidSyntax",
					"[{\"op\":\"add\",\"path\":\"active\"}] | invalidValue",
					"[{\"op\":\"replace\",\"path\":\"emails[type gt 1]\",\"value\":1}] | invalidPath",
					"[{\"op\":\"add\",\"path\":\"emails\",\"value\":\"a\"}] | invalidValue",
					"[{\"op\":\"add\",\"path\":\"name\",\"value\":\"a\"}] | invalidValue",
					"[{\"op\":\"add\",\"path\":\"emails[type eq \\\"x\\\"]\",\"value\":3}] | invalidValue" })
	void refusesOthers(String operations, String type) {
		assertThatExceptionOfType(ScimException.class).isThrownBy(() -> user(operations.isEmpty() ? "3" : operations))
			.satisfies((failure) -> assertThat(failure.type()).isEqualTo(type));
	}

	private ObjectNode user(String operations) throws Exception {
		ObjectNode user = (ObjectNode) this.mapper.readTree(
				"""
						{"userName": "anna", "externalId": "1", "active": true, "displayName": "Anna",
						 "name": {"givenName": "Anna"}, "emails": [{"type": "work", "value": "a@shop.example", "primary": true}]}""");
		ScimPatch.applyToUser(user, this.mapper.readTree("{\"Operations\": " + operations + "}"));
		return user;
	}

}
