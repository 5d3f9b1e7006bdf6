package io.waypost.console.messages;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.waypost.console.Labels;
import io.waypost.console.ProfileLookup;
import io.waypost.content.EmailDraft;
import io.waypost.delivery.JourneySends;
import io.waypost.delivery.Send;
import io.waypost.delivery.SendDetails;
import io.waypost.delivery.SendFilter;
import io.waypost.delivery.SendLog;
import io.waypost.kernel.Page;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Lists messages with subject lines and recipients, with three statements per page. */
@Component
public class SendListAssembler {

	private static final int PER_PROFILE = 12;

	private final SendLog log;

	private final JourneySends sends;

	private final ProfileLookup people;

	private final Labels labels;

	SendListAssembler(SendLog log, JourneySends sends, ProfileLookup people, Labels labels) {
		this.log = log;
		this.sends = sends;
		this.people = people;
		this.labels = labels;
	}

	Page<SendListItem> page(TenantId tenant, SendFilter filter, int limit, @Nullable String cursor) {
		Page<Send> page = this.log.list(tenant, filter, limit, cursor);
		return new Page<>(rows(tenant, page.items()), page.nextCursor());
	}

	public List<SendListItem> of(TenantId tenant, ProfileId profile) {
		return page(tenant, new SendFilter(profile, null, null, null), PER_PROFILE, null).items();
	}

	/** Reads the content of the sends that have content. */
	public Map<SendId, EmailDraft> drafts(TenantId tenant, List<Send> sends) {
		return this.sends.read(tenant, sends.stream().map(Send::id).toList())
			.stream()
			.filter((stored) -> stored.draft() != null)
			.collect(Collectors.toMap((stored) -> stored.send().id(), SendDetails::draft));
	}

	/**
	 * Returns the subject line without merge tags, or the template's name without
	 * content.
	 */
	String subject(Send send, @Nullable EmailDraft draft) {
		return (draft != null) ? withoutName(draft.subject())
				: this.labels.text("message.notGenerated", send.template());
	}

	/** Removes the first-name merge tag from a text. */
	public static String withoutName(String text) {
		String without = text.replaceAll("\\{\\{\\s*first_name\\s*}}\\s*[,:]\\s*", "")
			.replaceAll(",?\\s*\\{\\{\\s*first_name\\s*}}", "")
			.strip();
		return without.isEmpty() ? text : Character.toUpperCase(without.charAt(0)) + without.substring(1);
	}

	private List<SendListItem> rows(TenantId tenant, List<Send> sends) {
		Map<SendId, EmailDraft> drafts = drafts(tenant, sends);
		Map<ProfileId, String> ids = this.people.userIds(tenant, sends.stream().map(Send::profile).distinct().toList());
		return sends.stream()
			.map((send) -> new SendListItem(send.id().toString(), subject(send, drafts.get(send.id())),
					ids.get(send.profile()), this.labels.journey(send.journey()), this.labels.status(send.status()),
					this.labels.reason(send.reason()), send.createdAt()))
			.toList();
	}

}
