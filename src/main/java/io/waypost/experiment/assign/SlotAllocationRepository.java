package io.waypost.experiment.assign;

import java.util.List;
import java.util.stream.IntStream;

import io.waypost.experiment.assign.LayerSlots.SlotRange;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which slots of which layer belong to which experiment. */
@Component
public class SlotAllocationRepository {

	private final JdbcClient jdbc;

	public SlotAllocationRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	private record Owned(String key, SlotRange range) {

	}

	/**
	 * Gives an experiment as many slots as it wants; the caller has locked the layer.
	 * @return how many slots are missing, 0 when it got all it wanted
	 */
	public int allocate(TenantId tenant, String layer, String key, int wanted) {
		List<Owned> all = all(tenant, layer);
		List<SlotRange> owned = all.stream().filter((one) -> one.key().equals(key)).map(Owned::range).toList();
		List<SlotRange> taken = all.stream().filter((one) -> !one.key().equals(key)).map(Owned::range).toList();
		List<SlotRange> ranges = LayerSlots.resize(owned, taken, wanted);
		release(tenant, key);
		insert(tenant, layer, key, ranges);
		return wanted - LayerSlots.size(ranges);
	}

	public void release(TenantId tenant, String key) {
		this.jdbc.sql("delete from experiment.allotment where tenant_id = ? and key = ?")
			.params(tenant.value(), key)
			.update();
	}

	private List<Owned> all(TenantId tenant, String layer) {
		return this.jdbc.sql("""
				select key, from_slot, to_slot from experiment.allotment
				where tenant_id = ? and layer = ? order by key, place""")
			.params(tenant.value(), layer)
			.query((row, number) -> new Owned(row.getString("key"),
					new SlotRange(row.getInt("from_slot"), row.getInt("to_slot"))))
			.list();
	}

	private void insert(TenantId tenant, String layer, String key, List<SlotRange> ranges) {
		this.jdbc.sql("""
				insert into experiment.allotment (tenant_id, layer, key, from_slot, to_slot, place)
				select :tenant, :layer, :key, slot.* from unnest(:froms::int[], :tos::int[], :places::int[]) slot
				""")
			.param("tenant", tenant.value())
			.param("layer", layer)
			.param("key", key)
			.param("froms", ranges.stream().map((range) -> String.valueOf(range.from())).toArray(String[]::new))
			.param("tos", ranges.stream().map((range) -> String.valueOf(range.to())).toArray(String[]::new))
			.param("places", IntStream.range(0, ranges.size()).mapToObj(String::valueOf).toArray(String[]::new))
			.update();
	}

}
