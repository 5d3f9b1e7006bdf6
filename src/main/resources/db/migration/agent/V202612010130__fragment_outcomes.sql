create schema agent;

-- What recipients did with the messages in which a text fragment was used, counted once a night. Sums of weights: a message has
-- the weight 1 when it is planned and half of it after each half-life. No personal data: only sums over messages.
create table agent.fragment_outcome (
	tenant_id    text             not null,
	goal         text             not null,
	-- part and id of the fragment, for example subject:saved
	tag          text             not null,
	messages     double precision not null,
	clicks       double precision not null,
	unsubscribes double precision not null,
	complaints   double precision not null,
	primary key (tenant_id, goal, tag)
);

-- Messages that were planned before this time are counted; also the time for which the weights hold.
create table agent.fragment_count (
	tenant_id     text        primary key,
	counted_until timestamptz not null
);
