package io.waypost;

import org.junit.jupiter.api.Test;

import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.docs.Documenter;

/** Rooms import only what the floor plan allows. */
class ModularityTests {

	private final ApplicationModules rooms = ApplicationModules.of(WaypostApplication.class);

	@Test
	void keepsToTheFloorPlan() {
		this.rooms.verify();
	}

	@Test
	void drawsTheFloorPlan() {
		new Documenter(this.rooms).writeModulesAsPlantUml().writeIndividualModulesAsPlantUml();
	}

}
