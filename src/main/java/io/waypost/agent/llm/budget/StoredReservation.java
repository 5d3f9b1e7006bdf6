package io.waypost.agent.llm.budget;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.UUID;

import io.waypost.agent.llm.budget.SpendCounters.SpendChange;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * What is booked for a call.
 *
 * @param tenant the tenant
 * @param call id of the call
 * @param day UTC day whose budget pays
 * @param campaign the campaign that pays, null for a journey
 * @param purpose what the model was asked for
 * @param provider name of the provider
 * @param model name of the model
 * @param state what is known about the cost
 * @param reserved highest possible cost
 * @param cost booked cost, 0 while reserved
 */
record StoredReservation(TenantId tenant, UUID call, LocalDate day, @Nullable CampaignId campaign, String purpose,
		String provider, String model, ModelCallState state, BigDecimal reserved, BigDecimal cost) {

	/** Returns how the counters change when the call gets a cost. */
	SpendChange changeTo(BigDecimal newCost) {
		BigDecimal released = (this.state == ModelCallState.RESERVED) ? this.reserved : BigDecimal.ZERO;
		return new SpendChange(released, newCost.subtract(this.cost));
	}

}
