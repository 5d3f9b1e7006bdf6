package io.waypost.access;

import java.util.Set;

import io.waypost.kernel.TenantId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class AccessRightTests {

	@ParameterizedTest
	@CsvSource({ "CHANGE_CONTENT,MARKETER", "CHANGE_SEGMENTS,MARKETER", "CHANGE_EXPERIMENTS,MARKETER",
			"RUN_CAMPAIGNS,MARKETER", "REPLAY_FAILED_EVENTS,OPERATOR", "REBUILD_SEGMENT_DATA,OPERATOR" })
	void isGrantedByOneOfItsRolesAndToAdministrators(AccessRight right, Role role) {
		for (Caller caller : Set.of(caller(role, Role.COMPLIANCE), caller(Role.ADMIN))) {
			assertThat(right.isGrantedTo(caller)).isTrue();
			assertThatNoException().isThrownBy(() -> right.require(caller));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			CHANGE_CONTENT      | 'anna' may not change content; it requires the role MARKETER or ADMIN
			CHANGE_SEGMENTS     | 'anna' may not change segments; it requires the role MARKETER or ADMIN
			CHANGE_EXPERIMENTS  | 'anna' may not change experiments; it requires the role MARKETER or ADMIN
			RUN_CAMPAIGNS       | 'anna' may not run campaigns; it requires the role MARKETER or ADMIN
			REPLAY_FAILED_EVENTS | 'anna' may not replay failed events; it requires the role OPERATOR or ADMIN
			REBUILD_SEGMENT_DATA | 'anna' may not rebuild segment data; it requires the role OPERATOR or ADMIN
			""", quoteCharacter = '`')
	void namesRequiredRoles(AccessRight right, String detail) {
		Caller other = caller(Role.MODELER, Role.REVIEWER, Role.COMPLIANCE);
		assertThat(right.isGrantedTo(other)).isFalse();
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> right.require(other))
			.satisfies((refused) -> {
				assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
				assertThat(refused.getBody().getDetail()).isEqualTo(detail);
			});
	}

	@Test
	void isNotGrantedWithoutRole() {
		for (AccessRight right : AccessRight.values()) {
			assertThat(right.isGrantedTo(caller())).as(right.name()).isFalse();
		}
	}

	private static Caller caller(Role... roles) {
		return new Caller(new TenantId("t"), "anna", Set.of(roles));
	}

}
