package io.waypost.experiment.assign;

import java.util.List;

import io.waypost.database.SqlArray;
import io.waypost.experiment.assign.LayerSlots.SlotRange;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** SQL access to the allocation of a layer's slots to experiments. */
@Component
public class SlotAllocationRepository {

	private final JdbcClient jdbc;

	public SlotAllocationRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	private record Allocation(String key, SlotRange range) {

	}

	/**
	 * Allocates slots to an experiment; the caller holds the lock on the layer.
	 * @param requested total number of slots the experiment should have
	 * @return number of slots that are missing, 0 when all were allocated
	 */
	public int allocate(TenantId tenant, String layer, String key, int requested) {
		List<Allocation> all = all(tenant, layer);
		List<SlotRange> own = all.stream().filter((one) -> one.key().equals(key)).map(Allocation::range).toList();
		List<SlotRange> taken = all.stream().filter((one) -> !one.key().equals(key)).map(Allocation::range).toList();
		List<SlotRange> ranges = LayerSlots.resize(own, taken, requested);
		release(tenant, key);
		insert(tenant, layer, key, ranges);
		return requested - LayerSlots.size(ranges);
	}

	/** Frees all slots of an experiment. */
	public void release(TenantId tenant, String key) {
		this.jdbc.sql("delete from experiment.slot_allocation where tenant_id = ? and key = ?")
			.params(tenant.value(), key)
			.update();
	}

	private List<Allocation> all(TenantId tenant, String layer) {
		return this.jdbc.sql("""
				select key, from_slot, to_slot from experiment.slot_allocation
				where tenant_id = ? and layer = ? order by key, position""")
			.params(tenant.value(), layer)
			.query((row, number) -> new Allocation(row.getString("key"),
					new SlotRange(row.getInt("from_slot"), row.getInt("to_slot"))))
			.list();
	}

	private void insert(TenantId tenant, String layer, String key, List<SlotRange> ranges) {
		this.jdbc.sql("""
				insert into experiment.slot_allocation (tenant_id, layer, key, from_slot, to_slot, position)
				select :tenant, :layer, :key, slot.from_slot, slot.to_slot, slot.number - 1
				from unnest(:froms, :tos) with ordinality slot (from_slot, to_slot, number)
				""")
			.param("tenant", tenant.value())
			.param("layer", layer)
			.param("key", key)
			.param("froms", SqlArray.ints(ranges, SlotRange::from))
			.param("tos", SqlArray.ints(ranges, SlotRange::to))
			.update();
	}

}
