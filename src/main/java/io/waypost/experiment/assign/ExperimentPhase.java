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
 * The live phase of an experiment. People are assigned and counted per phase.
 *
 * @param id referenced by exposures
 * @param tenant the tenant
 * @param version the live version
 * @param number of the phase, from 1
 * @param definition of the live version
 * @param startedAt start of the phase
 * @param deadlineAt when the test ends, unless it is extended
 * @param extensionsUsed number of extensions of the deadline so far
 * @param slots the experiment's slots of its layer
 * @param shares in Thompson mode the drawn shares of the arms, in order; empty before the
 * first draw
 * @param conclusion how the phase ended, null while it runs
 * @param isClosed whether outcomes are no longer measured
 */
public record ExperimentPhase(UUID id, TenantId tenant, int version, int number, ExperimentDefinition definition,
		Instant startedAt, Instant deadlineAt, int extensionsUsed, List<LayerSlots.SlotRange> slots,
		List<Double> shares, @Nullable Conclusion conclusion, boolean isClosed) {

	/**
	 * End of a phase.
	 *
	 * @param at time of the conclusion
	 * @param verdict the final verdict
	 */
	public record Conclusion(Instant at, ExperimentVerdict verdict) {

	}

	public String key() {
		return this.definition.key();
	}

	public int extensionsLeft() {
		return this.definition.pace().extensions() - this.extensionsUsed;
	}

	/** Current shares of the arms among people who enter the test now; their sum is 1. */
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
