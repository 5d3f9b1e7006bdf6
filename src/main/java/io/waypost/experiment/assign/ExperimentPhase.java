package io.waypost.experiment.assign;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.waypost.experiment.AllocationMode;
import io.waypost.experiment.ExperimentDefinition;
import io.waypost.experiment.ExperimentVerdict;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * The phase in force of one experiment: what people are assigned by and counted under.
 *
 * @param id what exposures are kept under
 * @param tenant whose
 * @param version the live version
 * @param phase its number, from 1
 * @param definition of the live version
 * @param startedAt when the phase began
 * @param deadlineAt when a verdict is wanted
 * @param extended how often that moved
 * @param slots of the layer that belong to it
 * @param shares in Thompson mode the drawn shares of the arms, in order; empty before the
 * first draw
 * @param conclusion how it ended, null while it runs
 * @param isClosed whether outcomes are waited for no more
 */
public record ExperimentPhase(UUID id, TenantId tenant, int version, int number, ExperimentDefinition definition,
		Instant startedAt, Instant deadlineAt, int extensionsUsed, List<LayerSlots.SlotRange> slots,
		List<Double> shares, @Nullable Conclusion conclusion, boolean isClosed) {

	/**
	 * How it ended.
	 *
	 * @param at when
	 * @param verdict the last one
	 */
	public record Conclusion(Instant at, ExperimentVerdict verdict) {

	}

	public String key() {
		return this.definition.key();
	}

	public int extensionsLeft() {
		return this.definition.pace().extensions() - this.extensionsUsed;
	}

	/** The shares by which people come in now, of sum 1. */
	public double[] currentShares() {
		double[] test = this.definition.testWeights();
		double sum = 0;
		for (double weight : test) {
			sum += weight;
		}
		double slice = (this.definition.mode() == AllocationMode.THOMPSON && !this.shares.isEmpty())
				? this.definition.uniformShare() : 1;
		double[] current = new double[test.length];
		for (int arm = 0; arm < test.length; arm++) {
			double drawn = (slice < 1) ? this.shares.get(arm) : 0;
			current[arm] = slice * test[arm] / sum + (1 - slice) * drawn;
		}
		return current;
	}

}
