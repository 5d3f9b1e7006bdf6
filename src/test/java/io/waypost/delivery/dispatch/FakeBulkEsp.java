package io.waypost.delivery.dispatch;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

import io.waypost.delivery.esp.BulkEsp;
import io.waypost.delivery.esp.OutboundEmail;
import io.waypost.delivery.esp.SubmitOutcome;

/** A bulk provider that records the size of each request. */
class FakeBulkEsp extends FakeEsp implements BulkEsp {

	final List<Integer> requests = new CopyOnWriteArrayList<>();

	volatile UnaryOperator<List<SubmitOutcome>> answers = UnaryOperator.identity();

	FakeBulkEsp(String name) {
		super(name);
	}

	@Override
	public List<SubmitOutcome> submitAll(List<OutboundEmail> emails) {
		this.requests.add(emails.size());
		return this.answers.apply(emails.stream().map(this::submit).toList());
	}

}
