package io.waypost.sample;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waypost.identity.Identifier;
import io.waypost.identity.Profiles;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import io.waypost.testing.MutableClock;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.mockito.Mockito;

import static org.assertj.core.api.Assertions.assertThat;

/** Events of the demo shopper at the first and at later starts. */
class DemoShopperTests {

	private static final TenantId TENANT = new TenantId("demo");

	private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

	private final SampleEventSender sender = Mockito.mock(SampleEventSender.class);

	private final SampleProgress progress = Mockito.mock(SampleProgress.class);

	private final Profiles profiles = Mockito.mock(Profiles.class);

	private final DemoShopper shopper = new DemoShopper(this.sender, this.progress, this.profiles,
			MutableClock.at(NOW));

	@Test
	void sendsHistoryAndConsentsAtTheFirstStart() {
		loaded(false);
		List<ObjectNode> messages = send();
		assertThat(messages).hasSizeGreaterThan(10);
		assertThat(messages.getLast().at("/context/consent/categoryPreferences/marketing").booleanValue()).isTrue();
		Mockito.verify(this.progress).demoShopperLoaded(TENANT);
	}

	@Test
	void sendsOnlyTheTimeZoneAtLaterStarts() {
		loaded(true);
		Mockito.when(this.profiles.find(TENANT, new Identifier(Identifier.Type.USER_ID, DemoShopper.USER_ID)))
			.thenReturn(Optional.of(new ProfileId(new UUID(1, 2))));
		ObjectNode message = send().getFirst();
		assertThat(message.path("type").textValue()).isEqualTo("identify");
		assertThat(message.path("traits").fieldNames()).toIterable().containsExactly("timezone");
		assertThat(message.path("context").has("consent")).as("revoked consents stay revoked").isFalse();
	}

	@Test
	void doesNotCreateAnErasedShopperAgain() {
		loaded(true);
		Mockito.when(this.profiles.find(Mockito.any(), Mockito.any())).thenReturn(Optional.empty());
		sendAll();
		Mockito.verifyNoInteractions(this.sender);
	}

	@Test
	void choosesATimeZoneWithHoursOfDayLeft() {
		for (int hour = 0; hour < 24; hour++) {
			Instant now = NOW.plus(Duration.ofHours(hour));
			assertThat(now.atZone(ZoneId.of(DemoShopper.daytimeZone(now))).getHour()).isBetween(8, 12);
		}
	}

	private void loaded(boolean loaded) {
		Mockito.when(this.progress.state(TENANT))
			.thenReturn(new SampleProgress.ProgressState(NOW, 10, true, loaded, loaded));
	}

	private List<ObjectNode> send() {
		sendAll();
		ArgumentCaptor<List<ObjectNode>> messages = ArgumentCaptor.captor();
		Mockito.verify(this.sender).send(Mockito.eq(TENANT), messages.capture());
		return messages.getValue();
	}

	private void sendAll() {
		this.shopper.send(TENANT, new SampleCatalogue(), new TrackingMessages("http://127.0.0.1", "marketing"));
	}

}
