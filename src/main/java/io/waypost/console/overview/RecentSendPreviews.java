package io.waypost.console.overview;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.waypost.console.Labels;
import io.waypost.console.ProfileLookup;
import io.waypost.console.messages.SendListAssembler;
import io.waypost.content.EmailDraft;
import io.waypost.delivery.Send;
import io.waypost.delivery.SendFilter;
import io.waypost.delivery.SendLog;
import io.waypost.delivery.SendStatus;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Previews of the messages that were sent last. */
@Component
class RecentSendPreviews {

	private static final int SHOWN = 8;

	private static final int PICTURES = 4;

	/** A shorter paragraph is a greeting. */
	private static final int GREETING = 40;

	private final SendLog log;

	private final SendListAssembler lists;

	private final ProfileLookup people;

	private final Labels labels;

	private final String publicUrl;

	RecentSendPreviews(SendLog log, SendListAssembler lists, ProfileLookup people, Labels labels,
			@Value("${waypost.public-url}") String publicUrl) {
		this.log = log;
		this.lists = lists;
		this.people = people;
		this.labels = labels;
		this.publicUrl = publicUrl;
	}

	List<OverviewView.RecentSendPreview> latest(TenantId tenant) {
		List<Send> sends = Stream.of(SendStatus.ACCEPTED, SendStatus.DELIVERED)
			.flatMap((status) -> this.log.list(tenant, new SendFilter(null, null, status, null), SHOWN, null)
				.items()
				.stream())
			.sorted(Comparator.comparing(RecentSendPreviews::at).reversed())
			.limit(SHOWN)
			.toList();
		Map<SendId, EmailDraft> drafts = this.lists.drafts(tenant, sends);
		Map<ProfileId, String> ids = this.people.userIds(tenant, sends.stream().map(Send::profile).distinct().toList());
		List<OverviewView.RecentSendPreview> mails = new ArrayList<>();
		for (Send send : sends) {
			EmailDraft draft = drafts.get(send.id());
			if (draft != null) {
				mails.add(mail(send, draft, ids.getOrDefault(send.profile(), this.labels.text("anonymous"))));
			}
		}
		return mails;
	}

	private OverviewView.RecentSendPreview mail(Send send, EmailDraft draft, String userId) {
		String opening = draft.paragraphs()
			.stream()
			.filter((paragraph) -> paragraph.length() > GREETING)
			.findFirst()
			.orElse("");
		List<String> pictures = draft.items()
			.stream()
			.map(EmailDraft.DraftItem::imageUrl)
			.filter(Objects::nonNull)
			.limit(PICTURES)
			.map((url) -> url.startsWith(this.publicUrl + "/") ? url.substring(this.publicUrl.length()) : url)
			.toList();
		return new OverviewView.RecentSendPreview(send.id().toString(), SendListAssembler.withoutName(draft.subject()),
				SendListAssembler.withoutName(draft.headline()), SendListAssembler.withoutName(opening), pictures,
				this.labels.journey(send.journey()), userId, this.labels.status(send.status()), at(send));
	}

	private static Instant at(Send send) {
		return (send.acceptedAt() != null) ? send.acceptedAt() : send.createdAt();
	}

}
